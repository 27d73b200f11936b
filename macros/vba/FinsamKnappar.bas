Attribute VB_Name = "FinsamKnappar"
' Made by python workbooks/build from finsam_xl/actions/buttons.py. Change it there.
Option Explicit

' Räkna om allt som känns igen: tomma summor, avvikelser, avgifter och Impactindex. Formler skrivs aldrig över.
Public Sub FinsamRaknaOm()
    FinsamKor "FinsamRaknaOm", "Räkna om"
End Sub

' Leta efter sådant som ser fel ut och lista det i bladet Rapport Kontroll, med länkar.
Public Sub FinsamKontrollera()
    FinsamKor "FinsamKontrollera", "Kontrollera"
End Sub

' Gör rapportbladen som arbetsboken har underlag för. Kommentarer i dem följer med.
Public Sub FinsamSkapaRapport()
    FinsamKor "FinsamSkapaRapport", "Skapa rapport"
End Sub

' Visa på bladet Finsam hur varje tabell lästes, och rätta där det är fel.
Public Sub FinsamVadLastes()
    FinsamKor "FinsamVadLastes", "Vad lästes?"
End Sub

' Gör Rapport Vad krävs, om vad som fattas till målet, och Tänk om, ett blad att pröva andra tal i.
Public Sub FinsamVadKravs()
    FinsamKor "FinsamVadKravs", "Vad krävs?"
End Sub

' Fyll kolumnen för utfall ur bokföringen: SIE, huvudbok eller resultatrapport.
Public Sub FinsamHamtaUtfall()
    FinsamHamta "FinsamHamtaUtfall", "Hämta utfall"
End Sub

' Ta tillbaka det som senaste klicket skrev. Det du har skrivit sedan dess står kvar.
Public Sub FinsamAngra()
    FinsamKor "FinsamAngra", "Ångra"
End Sub

' Skriv FINSAM-formler på nytt där de visar #NAMN?, som när boken öppnades utan tillägget.
Public Sub FinsamAterstallFormler()
    FinsamSkrivOmFormler
End Sub

' Gör en kopia att skicka: värden i stället för funktioner, inga makron eller personnamn. Boken ändras inte.
Public Sub FinsamFrys()
    FinsamKor "FinsamFrys", "Frys för utskick"
End Sub

' Säg vad som fungerar på datorn, och vad som ska göras först åt resten. Inget ändras.
Public Sub FinsamHalsa()
    FinsamKor "FinsamHalsa", "Vad fungerar?"
End Sub

' What every button of the ribbon calls.
Public Sub FinsamFranMenyn(ByVal kontroll As Object)
    Select Case kontroll.ID
        Case "FinsamRaknaOm": FinsamRaknaOm
        Case "FinsamKontrollera": FinsamKontrollera
        Case "FinsamSkapaRapport": FinsamSkapaRapport
        Case "FinsamVadLastes": FinsamVadLastes
        Case "FinsamVadKravs": FinsamVadKravs
        Case "FinsamHamtaUtfall": FinsamHamtaUtfall
        Case "FinsamAngra": FinsamAngra
        Case "FinsamAterstallFormler": FinsamAterstallFormler
        Case "FinsamFrys": FinsamFrys
        Case "FinsamHalsa": FinsamHalsa
    End Select
End Sub

' Whether the ribbon shows the workbook's own tab.
Public Sub FinsamFlikSyns(ByVal kontroll As Object, ByRef synlig As Variant)
    synlig = FinsamEgenFlik()
End Sub

' The ribbon itself, to be told when that changes.
Public Sub FinsamMenyLaddad(ByVal kontroll As Object)
    FinsamBehallMeny kontroll
End Sub

' What the add-in calls in every open workbook when it comes and goes.
Public Sub FinsamTillaggetByts(ByVal finns As Boolean)
    FinsamTillaggFinns finns
End Sub
