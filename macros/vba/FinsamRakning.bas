Attribute VB_Name = "FinsamRakning"
' Between a function in a cell and Python: error values are real error values, and a Python
' that does not answer is not asked again for every cell.
Option Explicit
Option Private Module

Public Const FINSAM_STANNAT As String = "Funktionerna visar #NAMN?: "
Private Const FINSAM_FELMARKE As String = "#FINSAM:"
Private Const FINSAM_VANTETID As Double = 20

Private mStoppad As Double
Private mOrsak As String

' What the cell shows. #NAMN? when Python cannot be reached: the function is not there.
Public Function FinsamRakna(ByVal namn As String, ByVal argument As Variant) As Variant
    If mStoppad > 0 And Abs(Timer - mStoppad) < FINSAM_VANTETID Then
        FinsamRakna = UtanPython(namn)
        Exit Function
    End If
    On Error GoTo Stopp
    FinsamRakna = FinsamSomCell(FinsamFraga(namn, argument))
    mStoppad = 0
    mOrsak = ""
    Exit Function
Stopp:
    mOrsak = Err.Description
    If InStr(mOrsak, "Traceback") > 0 Then mOrsak = FinsamServerfel(FinsamPythonProgram(), mOrsak)
    mStoppad = Timer
    FinsamRakna = UtanPython(namn)
End Function

' The one function that tells why a cell shows what it shows can do so without Python, too.
Private Function UtanPython(ByVal namn As String) As Variant
    UtanPython = CVErr(2029)
    If namn = "FINSAM_VARFOR" Then UtanPython = FINSAM_STANNAT & mOrsak
End Function

' Why Python could not be reached last; "" when it could.
Public Function FinsamOrsak() As String
    FinsamOrsak = mOrsak
End Function

Public Sub FinsamForsokIgen()
    mStoppad = 0
    mOrsak = ""
End Sub

' A value or an array of them, with marks turned into error values.
Public Function FinsamSomCell(ByVal svar As Variant) As Variant
    Dim rad As Long
    Dim kolumn As Long
    If Not IsArray(svar) Then
        FinsamSomCell = EttVarde(svar)
        Exit Function
    End If
    If Dimensioner(svar) = 1 Then
        For kolumn = LBound(svar) To UBound(svar)
            svar(kolumn) = EttVarde(svar(kolumn))
        Next kolumn
    Else
        For rad = LBound(svar, 1) To UBound(svar, 1)
            For kolumn = LBound(svar, 2) To UBound(svar, 2)
                svar(rad, kolumn) = EttVarde(svar(rad, kolumn))
            Next kolumn
        Next rad
    End If
    FinsamSomCell = svar
End Function

Private Function EttVarde(ByVal varde As Variant) As Variant
    EttVarde = varde
    If VarType(varde) <> vbString Then Exit Function
    If Left(varde, Len(FINSAM_FELMARKE)) <> FINSAM_FELMARKE Then Exit Function
    EttVarde = CVErr(CLng(Mid(varde, Len(FINSAM_FELMARKE) + 1)))
End Function

Private Function Dimensioner(ByVal falt As Variant) As Long
    Dim grans As Long
    On Error GoTo Slut
    Dimensioner = 1
    grans = UBound(falt, 2)
    Dimensioner = 2
Slut:
End Function
