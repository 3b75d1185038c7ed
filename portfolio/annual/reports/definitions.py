"""What every figure means: the appendix of the report, frozen with the figures."""

from portfolio.annual.reports.facts import Definition

DEFINITIONS = (
    Definition(
        "År og opgørelsesdato",
        "Året er kalenderåret i dansk tid. En hændelse hører til det år, den skete i. Den tæller med, når den er "
        "registreret senest på opgørelsesdatoen. Alle tal er talt op fra sagernes historik, som ikke kan ændres, og "
        "ikke fra, hvordan sagerne ser ud i dag.",
    ),
    Definition(
        "Indledende vurderinger",
        "Påbegyndte: vurderinger oprettet i året. Resultat: vurderinger afsluttet i året. »Mindst ét ja« "
        "gælder aftalens tre spørgsmål. Ikke afsluttet: alle vurderinger, også fra tidligere år, der stod åbne ved "
        "opgørelsens slutning.",
    ),
    Definition(
        "Sager under behandling",
        "En sag er under behandling, fra den indledende vurdering viser, at der skal skrives et dialoggrundlag, til "
        "sagen er godkendt, så aftalen kan indgås, eller den er afsluttet. Ind: nye og genåbnede sager. Ud: godkendte "
        "og afsluttede sager. En sag, der både kommer ind og går ud i året, tæller begge steder. "
        "Begyndelse + ind − ud = slutning; begyndelsen er ved årets første dags begyndelse.",
    ),
    Definition(
        "Sager per stadie",
        "Det stadie, hver sag stod i ved opgørelsens slutning, fundet ved at gennemgå sagens historik trin for trin. "
        "Et trin tæller tidligst fra den dag, det foregående trin skete.",
    ),
    Definition(
        "Sammenligning med tidligere år",
        "De op til tre foregående år er talt efter samme regler og samme opgørelsesdato. Tallene kan derfor afvige fra "
        "en tidligere status, hvis hændelser er registreret senere.",
    ),
    Definition(
        "Hvem tager initiativ?",
        "Den organisation, der har påbegyndt den indledende vurdering. En afdeling tæller med under sit sygehus og en "
        "enhed under sin kommune. Nye sager er vurderinger, der i året førte til et dialoggrundlag.",
    ),
    Definition(
        "Fra sektor til sektor",
        "Sager, hvis dialoggrundlag blev indsendt første gang i året, efter de sektorer, som den nyeste version i "
        "perioden oplyser. Flytter opgaven til flere sektorer, tæller sagen med ved hver af dem.",
    ),
    Definition(
        "Kommuner og patienter",
        "Samme sager. Patienter om året som oplyst i dialoggrundlaget: i alt for sagen og fordelt på kommuner. "
        "1 til 4 patienter skrives altid »1–4«, og en sum med sådanne tal vises som et interval. »Ukendt« indgår ikke "
        "i summen, men er talt for sig. De to opgørelser kan afvige, fordi patienter kan bo uden for de nævnte "
        "kommuner. En kommune er berørt af en sag, når der er oplyst patienter i kommunen, eller antallet er ukendt.",
    ),
    Definition(
        "Behandlingstid per stadie",
        "Kalenderdage fra en sag kom ind i et stadie, til den forlod det. Ophold, der sluttede i året, tæller med, og "
        "en sag, der kommer tilbage til et stadie, har flere ophold. Median: halvdelen varede højst så længe. "
        "90 %: mindst ni ud af ti ophold varede højst så længe.",
    ),
    Definition(
        "Beslutninger efter forum",
        "Offentliggjorte beslutninger efter den dag, de blev truffet. En beslutning, der senere er rettet, tæller én "
        "gang. Udsættelser tæller med som beslutninger.",
    ),
    Definition(
        "Returneringer og udsættelser",
        "Hændelser i året. Den samme sag kan være sendt tilbage eller udsat flere gange.",
    ),
    Definition(
        "Valg af forum",
        "Kontaktpersonens valg i året sammenholdt med systemets anbefaling og parternes ønsker om behandling i "
        "Porteføljestyregruppen. En sag, der skal tilbage til det forum, der returnerede den, er ikke et valg.",
    ),
    Definition(
        "Parternes deltagelse",
        "Berørte parter i de sager, hvor dialogen blev lukket i året. Er dialogen lukket flere gange, tæller den "
        "seneste. En dialog kan kun lukkes uden svar fra en part, når partens frist er overskredet.",
    ),
)
NOT_COUNTED = (
    "Meldinger om opgaveglidning",
    "Orienteringer til Porteføljestyregruppen",
    "Aftaler, klarmeldinger, udtræden og opfølgning samt forventede og målte resultater",
    "Parternes egne økonomiske skøn lagt sammen",
    "Organisationer uden indledende vurdering og perioder uden kontaktperson",
    "Spørgeskema til kontaktpersoner og ledere",
)
