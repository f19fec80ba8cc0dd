/// How wide the columns of a blank list are: an id takes more room than a sex, and a page is filled where it can be.
struct ListColumns {
  /// In characters, one for each column.
  let widths: [Double]

  /// A page is not filled by making columns much wider than what stands in them.
  private static let mostWidened = 1.35

  init(_ form: FormDefinition) {
    let size = form.layout.textSize
    var widths = zip(form.fields, form.columnLeaves).map { field, path in
      max(Self.width(of: field, size: size), Self.heading(path.last?.printed ?? "", size: size))
    }
    if widths.count < 2 { widths.append(contentsOf: Array(repeating: 20, count: 2 - widths.count)) }
    let scale = min(Self.mostWidened, form.layout.textWidth / max(1, widths.reduce(0, +)))
    // A list that is too wide for its page is printed smaller, not cut.
    self.widths = widths.map { scale > 1 ? ($0 * scale * 10).rounded(.down) / 10 : $0 }
  }

  private static func width(of field: Field, size: Double) -> Double {
    func digits(_ count: Int) -> Double {
      TextWidth.characters(String(repeating: "0", count: count), size: size) + 1.5
    }
    switch field.type {
    case .index: return digits(4)
    case .citizenID: return digits(18)
    case .phone: return digits(13)
    case .date: return digits(10)
    case .percent, .yesNo: return digits(5)
    case .number: return digits(9)
    case .choice:
      let widest = field.choices.map { TextWidth.characters($0.name, size: size) }.max() ?? 0
      return min(20, max(digits(4), widest + 1.5))
    case .text: return digits(field.limits.length.map { min(30, max(4, $0)) } ?? 11)
    }
  }

  /// Room for a heading on two lines, its unit on one of its own.
  private static func heading(_ text: String, size: Double) -> Double {
    let pieces = text.split(whereSeparator: { $0 == "（" || $0 == "(" })
    let name = pieces.first.map { TextWidth.characters($0, size: size) } ?? 0
    let unit = pieces.dropFirst().map { TextWidth.characters("（" + $0, size: size) }.max() ?? 0
    return max((name / 2).rounded(.up) + 1, unit) + 1
  }
}
