extension ConditionalFormat.Rule {
  /// Reads a `<cfRule>`, of the sheet itself or of Excel 2010's extension, which keeps its formulas and its appearance
  /// inside. `nil` for what only adds to a rule of the sheet.
  init?(element: XMLElement, appearances: [ConditionalFormat.Appearance]) {
    let kind = element["type"] ?? ""
    let isExtension = element.namespace == .x14
    let formulas = (element.children("formula") + element.children("f")).map(\.text)
    let index = element.integer("dxfId") ?? -1
    let appearance =
      element.child("dxf").map { ConditionalFormat.Appearance(element: $0) }
      ?? (appearances.indices.contains(index) ? appearances[index] : .init())
    switch kind {
    case "cellIs":
      guard let comparison = element["operator"].flatMap({ DataValidation.Operator(rawValue: $0) }),
        let first = formulas.first
      else {
        self = .other(kind)
        return
      }
      self = .cell(comparison, first, formulas.count > 1 ? formulas[1] : nil, appearance)
    case "expression":
      self = .expression(formulas.first ?? "", appearance)
    case "dataBar" where !isExtension:
      let bar = element.child("dataBar")
      let ends = (bar?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) }
      self = .dataBar(
        bar?.child("color").flatMap { Color(element: $0) } ?? .automatic,
        from: ends.first ?? .minimum, to: ends.count > 1 ? ends[1] : .maximum)
    case "colorScale" where !isExtension:
      let scale = element.child("colorScale")
      let points = (scale?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) }
      let colors = (scale?.children("color") ?? []).map { Color(element: $0) ?? .automatic }
      self = .colorScale(zip(points, colors).map { ConditionalFormat.ScalePoint(at: $0, color: $1) })
    case "iconSet" where !isExtension:
      let set = element.child("iconSet")
      self = .iconSet(
        set?["iconSet"] ?? "3TrafficLights1",
        thresholds: (set?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) },
        reversed: set?.flag("reverse") ?? false, showsValue: set?.flag("showValue") ?? true)
    case "dataBar", "colorScale": return nil
    default: self = .other(kind)
    }
  }
}

extension ConditionalFormat.Threshold {
  /// Reads a `<cfvo>`. A number may be given by a formula, and then is one.
  init(element: XMLElement) {
    let text = element["val"] ?? ""
    let number = element.number("val")
    switch element["type"] {
    case "min": self = .minimum
    case "max": self = .maximum
    case "num": self = number.map { .number($0) } ?? .formula(text)
    case "percent": self = number.map { .percent($0) } ?? .formula(text)
    case "percentile": self = number.map { .percentile($0) } ?? .formula(text)
    default: self = .formula(text)
    }
  }
}
