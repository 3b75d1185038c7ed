"""What every figure means: the appendix of the report, frozen with the figures; in the order of the report."""

from portfolio.annual.reports.facts import Definition

DEFINITIONS = (
    Definition(
        "År og opgørelsesdato",
        "Året er kalenderåret i dansk tid. En hændelse hører til det år, den skete i. Den tæller med, når den er "
        "registreret senest på opgørelsesdatoen. Alle tal er talt op fra sagernes historik, som ikke kan ændres, og "
        "ikke fra, hvordan sagerne ser ud i dag.",
    ),
    Definition(
        "Beslutningen om sidste års status",
        "Den seneste registrerede beslutning fra Den Administrative Styregruppe om handleplanen på grundlag af status "
        "for året før. Hvad der siden er gjort, er sekretariatets tekst.",
    ),
    Definition(
        "Indledende vurderinger",
        "Påbegyndte: vurderinger oprettet i året. Resultat: vurderinger afsluttet i året, efter det seneste udfald. "
        "»Mindst ét ja« gælder aftalens tre spørgsmål. Ikke afsluttet: alle vurderinger, også fra tidligere år, der "
        "stod åbne ved opgørelsens slutning.",
    ),
    Definition(
        "Sager under behandling",
        "En sag er under behandling, fra den indledende vurdering viser, at der skal skrives et dialoggrundlag, til "
        "sagen er godkendt, så aftalen kan indgås, eller den er afsluttet. Ind: nye og genåbnede sager. Ud: godkendte "
        "og afsluttede sager. En sag, der både kommer ind og går ud i året, tæller begge steder. Begyndelse + ind − "
        "ud = slutning; begyndelsen er ved årets første dags begyndelse.",
    ),
    Definition(
        "Sager per stadie",
        "Det stadie, hver sag stod i ved opgørelsens slutning, fundet ved at gennemgå sagens historik trin for trin. "
        "Et trin tæller tidligst fra den dag, det foregående trin skete.",
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
        "Samme sager. Patienter om året som oplyst i dialoggrundlaget: i alt for sagen og fordelt på kommuner. 1 til "
        "4 patienter skrives altid »1–4«, og en sum med sådanne tal vises som et interval. »Ukendt« indgår ikke i "
        "summen, men er talt for sig. De to opgørelser kan afvige, fordi patienter kan bo uden for de nævnte "
        "kommuner. En kommune er berørt af en sag, når der er oplyst patienter i kommunen, eller antallet er ukendt.",
    ),
    Definition(
        "Meldinger om opgaveglidning",
        "Trin i meldinger i året, efter den organisation, opgaven kom fra. En melding fra et tidligere år tæller, når "
        "den blev besvaret, blev til en sag eller blev afsluttet i året.",
    ),
    Definition(
        "Alle trin i sagerne",
        "Hver post i sagernes historik i året, efter hvad der skete. Et trin tæller her, også når det ikke indgår i "
        "andre tal, fx en kommentar.",
    ),
    Definition(
        "Organisationer uden indledende vurdering",
        "Sygehuse, psykiatri, kommuner og almen praksis, der er i brug, og som ikke har påbegyndt en indledende "
        "vurdering i året.",
    ),
    Definition(
        "Perioder uden kontaktperson",
        "Kalenderdage i året, hvor organisationen ikke havde en kontaktperson i kraft. En stedfortræder tæller ikke "
        "som kontaktperson.",
    ),
    Definition(
        "Valg af forum",
        "Kontaktpersonens valg i året. Et valg går imod anbefalingen, når systemet anbefalede et andet niveau, og "
        "imod et ønske, når det følger anbefalingen, men en part havde bedt om Porteføljestyregruppen. En sag, der "
        "skal tilbage til det forum, der returnerede den, er ikke et valg.",
    ),
    Definition(
        "Parternes ønsker om Porteføljestyregruppen",
        "Ønsker registreret i året. De sager, ønskerne gælder, er fordelt efter det forum, kontaktpersonen siden "
        "valgte i året.",
    ),
    Definition(
        "Returneringer og udsættelser",
        "Hændelser i året. Den samme sag kan være sendt tilbage eller udsat flere gange.",
    ),
    Definition(
        "Behandlingstid per stadie",
        "Kalenderdage fra en sag kom ind i et stadie, til den forlod det. Ophold, der sluttede i året, tæller med, og "
        "en sag, der kommer tilbage til et stadie, har flere ophold. Median: halvdelen varede højst så længe. 90 %: "
        "mindst ni ud af ti ophold varede højst så længe.",
    ),
    Definition(
        "Parternes deltagelse",
        "Berørte parter i de sager, hvor dialogen blev lukket i året. Er dialogen lukket flere gange, tæller den "
        "seneste. Efter fristen: partens første svar kom senere end den frist, parten endte med at have. En dialog "
        "kan kun lukkes uden svar fra en part, når partens frist er overskredet.",
    ),
    Definition(
        "Spørgeskema til kontaktpersoner og ledere",
        "Årets spørgeskema, når det var lukket på opgørelsesdatoen. Udsagn besvares fra 1 (helt uenig) til 5 (helt "
        "enig). Svarene er anonyme og vises kun som antal, og kun når mindst fem har svaret.",
    ),
    Definition(
        "Beslutninger efter forum",
        "Offentliggjorte beslutninger efter den dag, de blev truffet. En beslutning, der senere er rettet, tæller én "
        "gang. Udsættelser tæller med som beslutninger.",
    ),
    Definition(
        "Skriftlige procedurer",
        "Skriftlige procedurer, der begyndte eller sluttede i året, efter udfald. Stemmer tæller i de procedurer, der "
        "sluttede i året. Tavshed er ikke en stemme.",
    ),
    Definition(
        "Orienteringer til Porteføljestyregruppen",
        "Orienteringer, som Porteføljestyregruppen fik i året, og hvor mange af dem der var taget til efterretning på "
        "opgørelsesdatoen.",
    ),
    Definition(
        "Sager med aftale",
        "Godkendte sager, hvor aftalen er ved at blive indgået, og sager, hvor aftalen gælder. Begyndelse + ind − ud "
        "= slutning.",
    ),
    Definition(
        "Aftaler, der trådte i kraft",
        "Aftaler, der i året kom til at gælde for deres første modtager: De, det krævede, havde bekræftet, og "
        "modtageren havde meldt klar. »Gælder for« er de modtagere, aftalen gjaldt for ved opgørelsens slutning.",
    ),
    Definition(
        "Parternes tiltræden",
        "Hvad parterne gjorde i året; en part tæller én gang per sag og art. Forsinket: Aftalen kom til at gælde "
        "senere end fristen for klarmelding. Ikke tiltrådt: Parten afviste at bekræfte. Udtræder: Parten varslede "
        "udtræden.",
    ),
    Definition(
        "Opfølgning på aftaler",
        "Opfølgninger efter den dag, de blev holdt. Overskredet: Aftalen gjaldt ved opgørelsens slutning, og den "
        "næste opfølgning – efter den seneste opfølgning eller efter aftalen – skulle være holdt før da.",
    ),
    Definition(
        "Forventede og målte resultater",
        "Indikatorerne i årets opfølgninger. Forventet og målt er, som de stod, da opfølgningen blev registreret. En "
        "indikator, der mangler forventet eller målt værdi, tæller ikke som nået.",
    ),
    Definition(
        "Parternes egne økonomiske skøn",
        "Det seneste svar, hver part havde afgivet på opgørelsesdatoen, i de sager, hvor dialogen blev lukket i året. "
        "Parten oplyser kun sine egne tal. »Kan ikke opgøres endnu« indgår ikke i summen, men er talt for sig.",
    ),
    Definition(
        "Sammenligning med tidligere år",
        "De op til tre foregående år er talt efter samme regler og samme opgørelsesdato. Tallene kan derfor afvige "
        "fra en tidligere status, hvis hændelser er registreret senere. Godkendt: sager, der kom til stadiet »Aftale "
        "indgås«.",
    ),
)
NOT_COUNTED: tuple[str, ...] = ()
