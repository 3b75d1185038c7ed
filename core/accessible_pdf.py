"""What a tagged PDF/A of WeasyPrint lacks to be PDF/UA-1 as well, added before the file is written.

The identifier with its extension schema, the scope of header cells, the tree of their ids, running headers marked as
artifacts, and each attachment named once. Done on the objects in memory: reading the file again would cost seconds.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf  # type: ignore[import-untyped]
from weasyprint import Document

Element: TypeAlias = Any  # a pydyf.Dictionary
Elements: TypeAlias = dict[bytes, Element]  # by reference, b"12 0 R"

# PDF/A allows an identifier of another standard only together with a description of its schema.
UA_IDENTIFIER = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def make_accessible(document: Document, pdf: pydyf.PDF) -> None:
    """Complete the objects of a PDF; for `write_pdf(finisher=…)` with the variant pdf/a-3a."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    elements = dict(_below(pdf, root["K"]))
    _identify(_at(pdf, pdf.catalog["Metadata"]))
    _scope_headers(elements)
    _name_headers(root, elements)
    _mark_artifacts(pdf, _at(pdf, root["ParentTree"])["Nums"], elements)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _at(pdf: pydyf.PDF, reference: bytes) -> Element:
    return pdf.objects[int(reference.split()[0])]


def _below(pdf: pydyf.PDF, kids: list[Any]) -> Iterator[tuple[bytes, Element]]:
    """All structure elements that hang on these; numbers are marked content, and OBJR is an annotation."""
    waiting = list(kids)
    while waiting:
        if isinstance(reference := waiting.pop(), bytes):
            element = _at(pdf, reference)
            if element["Type"] == "/StructElem":
                yield reference, element
                waiting.extend(element["K"])


def _identify(metadata: Element) -> None:
    metadata.stream = [part.replace(b"</rdf:RDF>", UA_IDENTIFIER) for part in metadata.stream]


def _scope_headers(elements: Elements) -> None:
    """A header beside data cells heads its row; any other heads its column."""
    for header in _headers(elements):
        row = elements[header["P"]]["K"]
        beside_data = any(elements[cell]["S"] == "/TD" for cell in row if isinstance(cell, bytes))
        header["A"]["Scope"] = "/Row" if beside_data else "/Column"


def _name_headers(root: Element, elements: Elements) -> None:
    """Data cells refer to header cells by id, so the root lists the ids, sorted."""
    named = sorted((header["ID"].string, header) for header in _headers(elements) if "ID" in header)
    names = pydyf.Array()
    for _, header in named:
        names.extend((header["ID"], header.reference))
    if names:
        root["IDTree"] = pydyf.Dictionary({"Names": names})


def _headers(elements: Elements) -> Iterator[Element]:
    return (element for element in elements.values() if element["S"] == "/TH")


def _mark_artifacts(pdf: pydyf.PDF, numbers: list[Any], elements: Elements) -> None:
    """What stands in the margin of a page is outside the tree: no reader shall read it aloud on every page."""
    pages = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, reference in enumerate(pdf.page_references):
        owners = pages[number]
        outside = {index for index, owner in enumerate(owners) if owner not in elements}
        _rename(_at(pdf, _at(pdf, reference)["Contents"]).stream, outside)
        owners[:] = [b"null" if index in outside else owner for index, owner in enumerate(owners)]


def _rename(stream: list[Any], outside: set[int]) -> None:
    for place, token in enumerate(stream):
        if token == b"BDC" and stream[place - 1].get("MCID") in outside:
            stream[place - 2] = "/Artifact"
            stream[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})
