extension ConditionalFormat.Rule {
  /// Reads a `<cfRule>`, of the sheet itself or of Excel 2010's extension, which keeps its formulas and its appearance
  /// inside. A data bar there may only add to one of the sheet. `nil` for what is in the way of reading it.
  init?(element: XMLElement, appearances: [ConditionalFormat.Appearance]) {
    let kind = element["type"] ?? ""
    let isExtension = element.namespace == .x14
    let formulas = (element.children("formula") + element.children("f")).map {
      FormulaPrefixes.shown($0.text)
    }
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
    case "dataBar":
      self = .dataBar(DataBar(element: element, isExtension: isExtension))
    case "colorScale" where !isExtension:
      let scale = element.child("colorScale")
      let points = (scale?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) }
      let colors = (scale?.children("color") ?? []).map { Color(element: $0) ?? .automatic }
      self = .colorScale(zip(points, colors).map { ConditionalFormat.ScalePoint(at: $0, color: $1) })
    case "iconSet":
      let set = element.child("iconSet")
      self = .iconSet(
        set?["iconSet"] ?? "3TrafficLights1",
        thresholds: (set?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) },
        reversed: set?.flag("reverse") ?? false, showsValue: set?.flag("showValue") ?? true)
    case "colorScale": return nil
    default: self = .other(kind)
    }
  }
}

extension DataBar {
  /// Reads a `<cfRule>` with a data bar: of Excel 2007, which fades out and knows nothing of negative numbers, or of Excel
  /// 2010's extension, which leaves the colour to the rule that it adds to.
  init(element: XMLElement, isExtension: Bool) {
    let bar = element.child("dataBar")
    func color(_ name: String) -> Color? { bar?.child(name).flatMap { Color(element: $0) } }
    let ends = (bar?.children("cfvo") ?? []).map { ConditionalFormat.Threshold(element: $0) }
    let fill = color(isExtension ? "fillColor" : "color") ?? .automatic
    self.init(
      fill, from: ends.first ?? .minimum, to: ends.count > 1 ? ends[1] : .maximum, negative: nil,
      showsValue: bar?.flag("showValue") ?? true)
    guard isExtension else { return }
    isSolid = bar?.flag("gradient") == false
    if bar?.flag("border") == true { borderColor = color("borderColor") }
    if bar?.flag("negativeBarColorSameAsPositive") != true { negativeColor = color("negativeFillColor") }
    axis = bar?["axisPosition"].flatMap { Axis(rawValue: $0) } ?? .automatic
  }

  /// This bar of Excel 2007 with what the extension says about it.
  func completed(by other: DataBar) -> DataBar {
    var bar = other
    if bar.color == .automatic { bar.color = color }
    return bar
  }
}

extension ConditionalFormat.Threshold {
  /// Reads a `<cfvo>`. A number may be given by a formula, and then is one.
  init(element: XMLElement) {
    let text = FormulaPrefixes.shown(element["val"] ?? element.child("f")?.text ?? "")
    let number = Double(text.trimmingXMLSpace).flatMap { $0.isFinite ? $0 : nil }
    switch element["type"] {
    case "autoMin", "autoMax": self = .automatic
    case "min": self = .minimum
    case "max": self = .maximum
    case "num": self = number.map { .number($0) } ?? .formula(text)
    case "percent": self = number.map { .percent($0) } ?? .formula(text)
    case "percentile": self = number.map { .percentile($0) } ?? .formula(text)
    default: self = .formula(text)
    }
  }
}
