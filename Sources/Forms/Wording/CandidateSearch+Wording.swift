extension CandidateSearch.Reason {
  /// The explanation as people read it behind a candidate; empty where there is none but the sum.
  var wording: LocalizedText {
    switch self {
    case .powerOfTen: LocalizedText(zh: "单位或0的个数", en: "the unit, or a zero")
    case .staleTotal: LocalizedText(zh: "合计公式不对", en: "the total's formula is wrong")
    case .copied: LocalizedText(zh: "合计照抄了分项", en: "the total copies a part")
    case .transposedDigits: LocalizedText(zh: "两位数字颠倒", en: "two digits exchanged")
    case .wrongDigit: LocalizedText(zh: "错一位数字", en: "one digit wrong")
    case .extraDigit: LocalizedText(zh: "多写一位数字", en: "a digit too many")
    case .missingDigit: LocalizedText(zh: "少写一位数字", en: "a digit lost")
    case .arithmetic: LocalizedText(zh: "", en: "")
    }
  }
}
