/// Which sheets the consolidated workbook has, in which order, and what they are called.
public struct WorkbookPlan: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// A form's official layout with the figures of all units, by the form's id.
    case summary(form: String)
    /// A form's figures, a row for each unit.
    case units(form: String)
    /// The lines of a list, by the form's id.
    case lines(form: String)
    /// What the lines of a list come to, by unit and by the columns that they are grouped by.
    case groups(form: String)
    /// Results against a table of targets, by its label.
    case completion(targets: String)
    /// Who has sent what.
    case delivery
    /// What was found wrong.
    case findings
    /// Where each figure comes from, and what became of each file.
    case provenance
  }

  public struct Sheet: Hashable, Sendable {
    public var content: Content
    /// At most 31 characters, none of `[]:*?/\`.
    public var name: String
    /// The title on the sheet; `nil` for one made of the form's or the annex's own.
    public var title: String?
    /// Whether a chart stands below results against targets.
    public var showsChart = true

    public init(_ content: Content, name: String, title: String? = nil, showsChart: Bool = true) {
      self.content = content
      self.name = name
      self.title = title
      self.showsChart = showsChart
    }
  }

  public var sheets: [Sheet]

  public init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// For each form the official layout and the units' rows, then results against each table of targets, then who has
  /// reported, what is wrong, and where everything comes from.
  public static func standard(forms: [FormDefinition], targets: [TargetTable]) -> WorkbookPlan {
    var sheets: [Sheet] = []
    for form in forms where form.kind == .list {
      sheets.append(Sheet(.groups(form: form.id), name: SheetNames.summary(form)))
      sheets.append(Sheet(.lines(form: form.id), name: SheetNames.lines(form)))
    }
    for form in forms where form.kind == .matrix {
      sheets.append(Sheet(.summary(form: form.id), name: SheetNames.summary(form)))
      sheets.append(Sheet(.units(form: form.id), name: SheetNames.units(form)))
    }
    for form in forms {
      for table in targets where table.form == form.id {
        var name = SheetNames.completion(table)
        // Two tables of targets may call their results alike.
        if sheets.contains(where: { $0.name.lowercased() == name.lowercased() }) {
          name = String("\(table.label)完成情况".prefix(31))
        }
        sheets.append(Sheet(.completion(targets: table.label), name: name))
      }
    }
    sheets.append(Sheet(.delivery, name: SheetNames.delivery))
    sheets.append(Sheet(.findings, name: SheetNames.findings))
    sheets.append(Sheet(.provenance, name: SheetNames.provenance))
    return WorkbookPlan(sheets)
  }

  /// The name of the sheet with some content; `nil` if the workbook has none.
  public func name(of content: Content) -> String? { sheets.first { $0.content == content }?.name }
}
