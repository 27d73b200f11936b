Attribute VB_Name = "FinsamStart"
' What happens of itself: when the workbook or the add-in opens with macros allowed, is saved,
' is closed; when another workbook becomes the active one; when the ribbon is drawn.
Option Explicit
Option Private Module

Private Const FINSAM_TILLAGG As String = "finsam.xlam"

Private mMeny As Object
Private mTillagg As Variant

Public Sub FinsamOppnad()
    FinsamIgang
    BerattaOmTillagget True
End Sub

' Macros run: the notice that they are blocked goes, and the function wizard is told what it
' takes only while a workbook is active.
Public Sub FinsamIgang()
    Dim sparad As Boolean
    sparad = ThisWorkbook.Saved
    VisaBlockerat False
    FinsamHjalptexter
    ThisWorkbook.Saved = sparad
End Sub

' The file must say so to the next one who opens it with macros blocked. What saves by itself
' all the time (AutoSave) would save forever: there the notice is put back when the file closes.
Public Sub FinsamForeSparning()
    If Not SparasAvSigSjalv() Then VisaBlockerat True
End Sub

Public Sub FinsamEfterSparning(ByVal lyckades As Boolean)
    If SparasAvSigSjalv() Then Exit Sub
    VisaBlockerat False
    If lyckades Then ThisWorkbook.Saved = True
End Sub

Public Sub FinsamStangs()
    If SparasAvSigSjalv() Then VisaBlockerat True
    BerattaOmTillagget False
End Sub

' Only where it is not so already: Excel's own undo ends with every change that a macro makes.
Private Sub VisaBlockerat(ByVal visas As Boolean)
    Dim rader As Object
    Dim dolda As Variant
    On Error Resume Next
    Set rader = ThisWorkbook.Names("finsam_blockerat").RefersToRange.EntireRow
    dolda = rader.Hidden
    If IsNull(dolda) Then dolda = visas
    If dolda = visas Then rader.Hidden = Not visas
End Sub

' An Excel without AutoSave does not know the question.
Private Function SparasAvSigSjalv() As Boolean
    Dim bok As Object
    On Error Resume Next
    Set bok = ThisWorkbook
    SparasAvSigSjalv = bok.AutoSaveOn
End Function

' The workbook's own tab gives way to the add-in's, which is there for every workbook.
Public Function FinsamEgenFlik() As Boolean
    Dim tillagg As Object
    If Not IsEmpty(mTillagg) Then
        FinsamEgenFlik = Not mTillagg
        Exit Function
    End If
    On Error Resume Next
    Set tillagg = Workbooks(FINSAM_TILLAGG)
    On Error GoTo 0
    FinsamEgenFlik = tillagg Is Nothing
End Function

Public Sub FinsamBehallMeny(ByVal meny As Object)
    Set mMeny = meny
End Sub

' What the add-in tells: that it is there, or leaves. Excel asks for tabs again only when told to.
Public Sub FinsamTillaggFinns(ByVal finns As Boolean)
    mTillagg = finns
    If Not mMeny Is Nothing Then mMeny.Invalidate
End Sub

Private Sub BerattaOmTillagget(ByVal finns As Boolean)
    Dim bok As Object
    If LCase(ThisWorkbook.Name) <> FINSAM_TILLAGG Then Exit Sub
    On Error Resume Next
    For Each bok In Workbooks
        Application.Run "'" & Replace(bok.Name, "'", "''") & "'!FinsamTillaggetByts", finns
    Next bok
End Sub
