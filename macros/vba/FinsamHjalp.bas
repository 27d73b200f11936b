Attribute VB_Name = "FinsamHjalp"
' Made by python workbooks/build from finsam_xl/registry. Change it there.
Option Explicit
Option Private Module

Private mBeskrivet As Boolean

' What the function wizard says of functions and their arguments. Excel takes it only
' while a workbook is active, and from no add-in before that: asked again until it is.
Public Sub FinsamHjalptexter()
    If mBeskrivet Or ActiveWorkbook Is Nothing Then Exit Sub
    Beskriv "FINSAM_ANDEL", "Delens andel av det hela, av ett.", Array( _
        "Delen.", _
        "Det hela, i samma enhet.")
    Beskriv "FINSAM_AVGIFT", "Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten.", Array( _
        "Alla medlemmars nyckel: invånare, procent eller belopp.", _
        "Det som ska fördelas, i avgifternas enhet.", _
        "största rest ger exakt potten; var för sig rundar varje avgift för sig.")
    Beskriv "FINSAM_FINANSIERING", "Statens, regionens eller kommunernas del av avgifterna, oavrundad.", Array( _
        "Alla avgifter tillsammans.", _
        "stat, region eller kommuner.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_AVVIKELSE", "Avvikelse mot budget; positiv är gynnsam.", Array( _
        "Utfallet, i samma enhet som budgeten.", _
        "Budgeten; tom betyder inte budgeterad.", _
        "kostnad, intäkt eller resultat i tabeller med positiva kostnader; med tecken i andra.")
    Beskriv "FINSAM_AVVIKELSE_PROCENT", "Avvikelse i procent av budgetens storlek; positiv är gynnsam.", Array( _
        "Utfallet, i samma enhet som budgeten.", _
        "Budgeten; tom betyder inte budgeterad.", _
        "kostnad, intäkt eller resultat i tabeller med positiva kostnader; med tecken i andra.")
    Beskriv "FINSAM_FORANDRING", "Förändringen från före till nu, som del av före: en minskning är negativ.", Array( _
        "Årets värde, till exempel andelen helårsekvivalenter.", _
        "Förra årets värde, i samma enhet.")
    Beskriv "FINSAM_PROGNOS", "Helårsprognos med en namngiven metod.", Array( _
        "Utfallet hittills.", _
        "Hur många månader utfallet gäller, 1–12.", _
        "Årets budget; används av metoden återstående budget.", _
        "rak, återstående budget eller förra årets mönster.", _
        "Förra årets utfall samma månader; för förra årets mönster.", _
        "Förra årets utfall hela året; för förra årets mönster.")
    Beskriv "FINSAM_EGET_KAPITAL", "Utgående eget kapital efter varje resultat, längs en rad eller ned en kolumn.", Array( _
        "Första årets ingående.", _
        "Årens resultat i ordning.")
    Beskriv "FINSAM_TRAPPA", "Rekommenderat tak för eget kapital i tkr, efter medlemsavgifterna.", Array( _
        "Årets medlemsavgifter i tkr.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_UTRYMME", "Hur mycket eget kapital ryms under taket i tkr; negativt är över taket.", Array( _
        "Eget kapital i tkr.", _
        "Årets medlemsavgifter i tkr.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_SOLIDITET", "Eget kapital som andel av tillgångarna, av ett.", Array( _
        "Eget kapital.", _
        "Alla tillgångar, i samma enhet.")
    Beskriv "FINSAM_BALANSKRAV", "Balanskravsresultatet av åtta poster i ordning, eller av dem som rubrikerna bredvid säger.", Array( _
        "I ordning: årets resultat, samtliga realisationsvinster, realisationsvinster enligt undantag, realisationsförluster enligt undantag, orealiserade förluster, återföring av orealiserade förluster, reserverat till RUR, använt från RUR; storlekar utan …", _
        "Vad varje post är, när de inte är alla åtta i ordning.")
    Beskriv "FINSAM_KOSTNADSSLAG", "Vad en klass kostar, av belopp bredvid sina kostnadsslag.", Array( _
        "Radernas belopp.", _
        "Radernas slag, ett eller delade: Administration 30 %; Struktur 70 %.", _
        "Klassen som ska summeras.")
    Beskriv "FINSAM_UPPNATT", "SANT om målet är nått, annars FALSKT; #SAKNAS! när det inte är mätt.", Array( _
        "Till exempel Andel minst, Könsskillnad högst, Jämn könsfördelning.", _
        "Till exempel 80 %, 20 eller 40–60 %.", _
        "Hur många, kvinnor vid könsregler, eller ett ord.", _
        "Av hur många; förra året när regeln jämför.", _
        "Män vid könsregler.", _
        "Av hur många män.")
    Beskriv "FINSAM_FATTAS", "Hur många fler, eller vid högst färre, som hade behövts för att nå målet; 0 när det är nått.", Array( _
        "Till exempel Andel minst, Könsskillnad högst, Jämn könsfördelning.", _
        "Till exempel 80 %, 20 eller 40–60 %.", _
        "Hur många.", _
        "Av hur många.")
    Beskriv "FINSAM_IMPACTINDEX", "Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga.", Array( _
        "Indikatorernas vikter.", _
        "SANT, FALSKT, Ja eller Nej; tomt, Ej mätt och #SAKNAS! räknas inte med.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_OMRADESINDEX", "Det officiella indexet av ett målområdes indikatorer, oavrundat.", Array( _
        "Indikatorernas vikter.", _
        "SANT, FALSKT, Ja eller Nej; tomt, Ej mätt och #SAKNAS! räknas inte med.", _
        "Indikatorernas områden.", _
        "Området: dess namn eller nummer.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_POANG", "Radens poäng: hela vikten när målet är nått, annars 0; tomt när det inte är mätt.", Array( _
        "Indikatorns vikt.", _
        "SANT, FALSKT, Ja eller Nej; tomt, Ej mätt och #SAKNAS! räknas inte med.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_GRADERAT_INDEX", "Det graderade indexet: varje vikt efter hur långt mot sin gräns utfallet nådde.", Array( _
        "Indikatorernas vikter.", _
        "Andel, antal eller medelvärde i gränsens enhet; vid jämn könsfördelning kvinnornas andel.", _
        "Till exempel 80 %, 20 eller 40–60 %.", _
        "Till exempel Andel minst, Könsskillnad högst, Jämn könsfördelning.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_FARG", "”grön”, ”orange” eller ”röd” efter det avrundade indexet.", Array( _
        "Indexet, 0–100.", _
        "Lägsta gröna index.", _
        "Lägsta orange index.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_JAMN", "SANT om inget kön är under gränsen.", Array( _
        "Antal kvinnor.", _
        "Antal män.", _
        "Minsta andel för det kön som är minst: 40, 0,4 eller 40 %.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_KONSGAP", "Skillnaden mellan kvinnors och mäns andelar, i procentenheter, aldrig negativ.", Array( _
        "Antal kvinnor.", _
        "Av hur många kvinnor.", _
        "Antal män.", _
        "Av hur många män.")
    Beskriv "FINSAM_INTERVALL", "Wilsonintervallet kring en andel: lägsta och högsta andel, av ett.", Array( _
        "Hur många.", _
        "Av hur många.", _
        "Hur säkert intervallet ska vara: 0,95 eller 95 %.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_TOPPSVAR", "Andelen, av ett, som gav något av skalans högsta svar.", Array( _
        "Hur många som valde varje svar, det lägsta först; flera frågor på var sin rad.", _
        "Hur många av de högsta svaren som räknas.", _
        "Dagen vars regel gäller, eller ett år.")
    Beskriv "FINSAM_SKALMEDEL", "Medelvärdet på en skala, av hur många som valde varje steg; lägsta steget är 1.", Array( _
        "Hur många som valde varje svar, det lägsta först; flera frågor på var sin rad.")
    Beskriv "FINSAM_VARFOR", "Varför en Finsam-cell visar det den visar.", Array( _
        "Cellen, eller FORMELTEXT av den där funktioner inte får läsa formler.")
End Sub

Private Sub Beskriv(ByVal namn As String, ByVal text As String, ByVal argument As Variant)
    On Error Resume Next
    Application.MacroOptions Macro:=namn, Description:=text, Category:="Finsam", _
        ArgumentDescriptions:=argument
    If Err.Number = 0 Then mBeskrivet = True
End Sub
