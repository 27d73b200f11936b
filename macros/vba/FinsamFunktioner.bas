Attribute VB_Name = "FinsamFunktioner"
' Made by python workbooks/build from finsam_xl/registry. Change it there.
Option Explicit

' Delens andel av det hela, av ett.
Public Function FINSAM_ANDEL(del, hela) As Variant
Attribute FINSAM_ANDEL.VB_Description = "Delens andel av det hela, av ett."
Attribute FINSAM_ANDEL.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_ANDEL = FinsamRakna("FINSAM_ANDEL", Array(del, hela))
End Function

' Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten.
Public Function FINSAM_AVGIFT(nyckel, pott, Optional avrundning) As Variant
Attribute FINSAM_AVGIFT.VB_Description = "Medlemmarnas avgifter i hela kronor eller tkr, som tillsammans blir potten."
Attribute FINSAM_AVGIFT.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_AVGIFT = FinsamRakna("FINSAM_AVGIFT", Array(nyckel, pott, avrundning))
End Function

' Statens, regionens eller kommunernas del av avgifterna, oavrundad.
Public Function FINSAM_FINANSIERING(pott, part, Optional datum) As Variant
Attribute FINSAM_FINANSIERING.VB_Description = "Statens, regionens eller kommunernas del av avgifterna, oavrundad."
Attribute FINSAM_FINANSIERING.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_FINANSIERING = FinsamRakna("FINSAM_FINANSIERING", Array(pott, part, datum))
End Function

' Avvikelse mot budget; positiv är gynnsam.
Public Function FINSAM_AVVIKELSE(utfall, budget, Optional slag) As Variant
Attribute FINSAM_AVVIKELSE.VB_Description = "Avvikelse mot budget; positiv är gynnsam."
Attribute FINSAM_AVVIKELSE.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_AVVIKELSE = FinsamRakna("FINSAM_AVVIKELSE", Array(utfall, budget, slag))
End Function

' Avvikelse i procent av budgetens storlek; positiv är gynnsam.
Public Function FINSAM_AVVIKELSE_PROCENT(utfall, budget, Optional slag) As Variant
Attribute FINSAM_AVVIKELSE_PROCENT.VB_Description = "Avvikelse i procent av budgetens storlek; positiv är gynnsam."
Attribute FINSAM_AVVIKELSE_PROCENT.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_AVVIKELSE_PROCENT = FinsamRakna("FINSAM_AVVIKELSE_PROCENT", Array(utfall, budget, slag))
End Function

' Förändringen från före till nu, som del av före: en minskning är negativ.
Public Function FINSAM_FORANDRING(nu, fore) As Variant
Attribute FINSAM_FORANDRING.VB_Description = "Förändringen från före till nu, som del av före: en minskning är negativ."
Attribute FINSAM_FORANDRING.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_FORANDRING = FinsamRakna("FINSAM_FORANDRING", Array(nu, fore))
End Function

' Helårsprognos med en namngiven metod.
Public Function FINSAM_PROGNOS(utfall, månader, Optional budget, Optional metod, Optional fjol_perioden, Optional fjol_året) As Variant
Attribute FINSAM_PROGNOS.VB_Description = "Helårsprognos med en namngiven metod."
Attribute FINSAM_PROGNOS.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_PROGNOS = FinsamRakna("FINSAM_PROGNOS", Array(utfall, månader, budget, metod, fjol_perioden, fjol_året))
End Function

' Utgående eget kapital efter varje resultat, längs en rad eller ned en kolumn.
Public Function FINSAM_EGET_KAPITAL(ingående, resultat) As Variant
Attribute FINSAM_EGET_KAPITAL.VB_Description = "Utgående eget kapital efter varje resultat, längs en rad eller ned en kolumn."
Attribute FINSAM_EGET_KAPITAL.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_EGET_KAPITAL = FinsamRakna("FINSAM_EGET_KAPITAL", Array(ingående, resultat))
End Function

' Rekommenderat tak för eget kapital i tkr, efter medlemsavgifterna.
Public Function FINSAM_TRAPPA(avgifter, Optional datum) As Variant
Attribute FINSAM_TRAPPA.VB_Description = "Rekommenderat tak för eget kapital i tkr, efter medlemsavgifterna."
Attribute FINSAM_TRAPPA.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_TRAPPA = FinsamRakna("FINSAM_TRAPPA", Array(avgifter, datum))
End Function

' Hur mycket eget kapital ryms under taket i tkr; negativt är över taket.
Public Function FINSAM_UTRYMME(eget_kapital, avgifter, Optional datum) As Variant
Attribute FINSAM_UTRYMME.VB_Description = "Hur mycket eget kapital ryms under taket i tkr; negativt är över taket."
Attribute FINSAM_UTRYMME.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_UTRYMME = FinsamRakna("FINSAM_UTRYMME", Array(eget_kapital, avgifter, datum))
End Function

' Eget kapital som andel av tillgångarna, av ett.
Public Function FINSAM_SOLIDITET(eget_kapital, tillgångar) As Variant
Attribute FINSAM_SOLIDITET.VB_Description = "Eget kapital som andel av tillgångarna, av ett."
Attribute FINSAM_SOLIDITET.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_SOLIDITET = FinsamRakna("FINSAM_SOLIDITET", Array(eget_kapital, tillgångar))
End Function

' Balanskravsresultatet av åtta poster i ordning, eller av dem som rubrikerna bredvid säger.
Public Function FINSAM_BALANSKRAV(poster, Optional rubriker) As Variant
Attribute FINSAM_BALANSKRAV.VB_Description = "Balanskravsresultatet av åtta poster i ordning, eller av dem som rubrikerna bredvid säger."
Attribute FINSAM_BALANSKRAV.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_BALANSKRAV = FinsamRakna("FINSAM_BALANSKRAV", Array(poster, rubriker))
End Function

' Vad en klass kostar, av belopp bredvid sina kostnadsslag.
Public Function FINSAM_KOSTNADSSLAG(belopp, slag, klass) As Variant
Attribute FINSAM_KOSTNADSSLAG.VB_Description = "Vad en klass kostar, av belopp bredvid sina kostnadsslag."
Attribute FINSAM_KOSTNADSSLAG.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_KOSTNADSSLAG = FinsamRakna("FINSAM_KOSTNADSSLAG", Array(belopp, slag, klass))
End Function

' SANT om målet är nått, annars FALSKT; #SAKNAS! när det inte är mätt.
Public Function FINSAM_UPPNATT(regel, gräns, antal, av, Optional antal2, Optional av2) As Variant
Attribute FINSAM_UPPNATT.VB_Description = "SANT om målet är nått, annars FALSKT; #SAKNAS! när det inte är mätt."
Attribute FINSAM_UPPNATT.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_UPPNATT = FinsamRakna("FINSAM_UPPNATT", Array(regel, gräns, antal, av, antal2, av2))
End Function

' Hur många fler, eller vid högst färre, som hade behövts för att nå målet; 0 när det är nått.
Public Function FINSAM_FATTAS(regel, gräns, antal, av) As Variant
Attribute FINSAM_FATTAS.VB_Description = "Hur många fler, eller vid högst färre, som hade behövts för att nå målet; 0 när det är nått."
Attribute FINSAM_FATTAS.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_FATTAS = FinsamRakna("FINSAM_FATTAS", Array(regel, gräns, antal, av))
End Function

' Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga.
Public Function FINSAM_IMPACTINDEX(vikter, uppnått, Optional datum) As Variant
Attribute FINSAM_IMPACTINDEX.VB_Description = "Det officiella indexet, oavrundat: 100 × uppnådda poäng / högsta möjliga."
Attribute FINSAM_IMPACTINDEX.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_IMPACTINDEX = FinsamRakna("FINSAM_IMPACTINDEX", Array(vikter, uppnått, datum))
End Function

' Det officiella indexet av ett målområdes indikatorer, oavrundat.
Public Function FINSAM_OMRADESINDEX(vikter, uppnått, område, vilket, Optional datum) As Variant
Attribute FINSAM_OMRADESINDEX.VB_Description = "Det officiella indexet av ett målområdes indikatorer, oavrundat."
Attribute FINSAM_OMRADESINDEX.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_OMRADESINDEX = FinsamRakna("FINSAM_OMRADESINDEX", Array(vikter, uppnått, område, vilket, datum))
End Function

' Radens poäng: hela vikten när målet är nått, annars 0; tomt när det inte är mätt.
Public Function FINSAM_POANG(vikt, uppnått, Optional datum) As Variant
Attribute FINSAM_POANG.VB_Description = "Radens poäng: hela vikten när målet är nått, annars 0; tomt när det inte är mätt."
Attribute FINSAM_POANG.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_POANG = FinsamRakna("FINSAM_POANG", Array(vikt, uppnått, datum))
End Function

' Det graderade indexet: varje vikt efter hur långt mot sin gräns utfallet nådde.
Public Function FINSAM_GRADERAT_INDEX(vikter, utfall, gräns, regel, Optional datum) As Variant
Attribute FINSAM_GRADERAT_INDEX.VB_Description = "Det graderade indexet: varje vikt efter hur långt mot sin gräns utfallet nådde."
Attribute FINSAM_GRADERAT_INDEX.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_GRADERAT_INDEX = FinsamRakna("FINSAM_GRADERAT_INDEX", Array(vikter, utfall, gräns, regel, datum))
End Function

' ”grön”, ”orange” eller ”röd” efter det avrundade indexet.
Public Function FINSAM_FARG(index, Optional mål, Optional nära, Optional datum) As Variant
Attribute FINSAM_FARG.VB_Description = "”grön”, ”orange” eller ”röd” efter det avrundade indexet."
Attribute FINSAM_FARG.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_FARG = FinsamRakna("FINSAM_FARG", Array(index, mål, nära, datum))
End Function

' SANT om inget kön är under gränsen.
Public Function FINSAM_JAMN(kvinnor, män, Optional gräns, Optional datum) As Variant
Attribute FINSAM_JAMN.VB_Description = "SANT om inget kön är under gränsen."
Attribute FINSAM_JAMN.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_JAMN = FinsamRakna("FINSAM_JAMN", Array(kvinnor, män, gräns, datum))
End Function

' Skillnaden mellan kvinnors och mäns andelar, i procentenheter, aldrig negativ.
Public Function FINSAM_KONSGAP(kvinnor, av_kvinnor, män, av_män) As Variant
Attribute FINSAM_KONSGAP.VB_Description = "Skillnaden mellan kvinnors och mäns andelar, i procentenheter, aldrig negativ."
Attribute FINSAM_KONSGAP.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_KONSGAP = FinsamRakna("FINSAM_KONSGAP", Array(kvinnor, av_kvinnor, män, av_män))
End Function

' Wilsonintervallet kring en andel: lägsta och högsta andel, av ett.
Public Function FINSAM_INTERVALL(antal, av, Optional säkerhet, Optional datum) As Variant
Attribute FINSAM_INTERVALL.VB_Description = "Wilsonintervallet kring en andel: lägsta och högsta andel, av ett."
Attribute FINSAM_INTERVALL.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_INTERVALL = FinsamRakna("FINSAM_INTERVALL", Array(antal, av, säkerhet, datum))
End Function

' Andelen, av ett, som gav något av skalans högsta svar.
Public Function FINSAM_TOPPSVAR(antal, Optional antal_toppsvar, Optional datum) As Variant
Attribute FINSAM_TOPPSVAR.VB_Description = "Andelen, av ett, som gav något av skalans högsta svar."
Attribute FINSAM_TOPPSVAR.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_TOPPSVAR = FinsamRakna("FINSAM_TOPPSVAR", Array(antal, antal_toppsvar, datum))
End Function

' Medelvärdet på en skala, av hur många som valde varje steg; lägsta steget är 1.
Public Function FINSAM_SKALMEDEL(antal) As Variant
Attribute FINSAM_SKALMEDEL.VB_Description = "Medelvärdet på en skala, av hur många som valde varje steg; lägsta steget är 1."
Attribute FINSAM_SKALMEDEL.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_SKALMEDEL = FinsamRakna("FINSAM_SKALMEDEL", Array(antal))
End Function

' Varför en Finsam-cell visar det den visar.
Public Function FINSAM_VARFOR(cell) As Variant
Attribute FINSAM_VARFOR.VB_Description = "Varför en Finsam-cell visar det den visar."
Attribute FINSAM_VARFOR.VB_ProcData.VB_Invoke_Func = " \n14"
    FINSAM_VARFOR = FinsamRakna("FINSAM_VARFOR", Array(cell))
End Function
