/// Changes what a chart part says where the model says something else: titles, series, what they draw and are called, the ends
/// of the value axis, the legend. Everything else of the chart, its look above all, stays.
struct ChartEditing {
  let old: Chart
  let new: Chart
  let sheet: String
  let part: String
  private let isStrict: Bool
  private let series: ObjectChanges<Chart.Series>

  /// The prefixes that ``ChartXML`` writes and the root of a part does not declare, with what they stand for there.
  private struct Prefixes {
    let missing: [(name: String, uri: String)]

    init(of root: MarkupElement, isStrict: Bool) {
      let all = [
        ("xmlns:c", isStrict ? Namespace.strictChart : Namespace.chart),
        ("xmlns:a", isStrict ? Namespace.strictDrawing : Namespace.drawing),
      ]
      missing = all.filter { root[$0.0] != $0.1 }
    }
  }

  init(old: Chart, new: Chart, sheet: String, part: String, isStrict: Bool) {
    self.isStrict = isStrict
    self.old = old
    self.new = new
    self.sheet = sheet
    self.part = part
    series = ObjectChanges(from: old.series, to: new.series)
  }

  private static let chartOrder = [
    "title", "autoTitleDeleted", "pivotFmts", "view3D", "floor", "sideWall", "backWall", "plotArea", "legend",
    "plotVisOnly", "dispBlanksAs",
  ]
  private static let axisOrder = [
    "axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt",
    "majorTickMark",
    "minorTickMark", "tickLblPos", "spPr", "txPr", "crossAx",
  ]
  private static let plotOrder = [
    "barDir", "grouping", "scatterStyle", "radarStyle", "varyColors", "ser", "dLbls", "gapWidth", "overlap",
    "serLines", "dropLines", "hiLowLines", "upDownBars", "marker", "smooth", "firstSliceAng", "holeSize",
    "axId",
    "extLst",
  ]
  private static let seriesOrder = [
    "idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "explosion", "dPt", "dLbls",
    "trendline", "errBars", "cat", "xVal", "val", "yVal", "shape", "smooth", "extLst",
  ]

  /// - Throws: ``XLSXError/Code/unsupportedChange`` for a change that means another chart.
  func applied(to bytes: [UInt8]) throws -> [UInt8] {
    try checkKept()
    try DrawingRules.checkAxis(of: new, sheet: sheet)
    for change in series.changed {
      // Figures that stand in the chart itself are none of a range; they stay.
      let keepsValues = change.old.values == change.new.values
      try DrawingRules.check(change.new, at: new.area.first, sheet: sheet, keepsValues: keepsValues)
    }
    if new.series.isEmpty || !series.added.isEmpty { try DrawingRules.check(new, sheet: sheet) }
    guard var root = MarkupElement(bytes) else { throw refusal("A chart that is not whole") }
    let declared = Prefixes(of: root, isStrict: isStrict)
    try root.change("chart") { chart in
      if old.title != new.title {
        Self.setTitle(&chart, new.title, size: 1400, order: Self.chartOrder, declared)
        chart.change("autoTitleDeleted", order: Self.chartOrder) { $0["val"] = new.title == nil ? "1" : "0" }
      }
      if old.showsLegend != new.showsLegend {
        Self.replace(
          "legend", of: &chart, order: Self.chartOrder, declared,
          with: new.showsLegend ? { ChartXML.appendLegend(of: new, to: &$0) } : nil)
      }
      try chart.change("plotArea") { area in
        try changeAxes(&area, declared)
        if old.series != new.series { try changeSeries(&area, declared) }
      }
    }
    return root.bytes
  }

  private func refusal(_ what: String) -> XLSXError {
    XLSXError(
      .unsupportedChange,
      "\(what) cannot be changed in a chart that the file holds; take the chart away and add a new one.",
      part: part, sheet: sheet, cell: old.area.first)
  }

  /// What decides how the whole is drawn stays as it is.
  private func checkKept() throws {
    if series.isReordered { throw refusal("The order of series") }
    let changed = series.changed
    let what: String? =
      if old.kind != new.kind || changed.contains(where: { $0.old.kind != $0.new.kind }) {
        "The kind"
      } else if old.stacking != new.stacking {
        "The stacking"
      } else if changed.contains(where: { $0.old.usesSecondaryAxis != $0.new.usesSecondaryAxis }) {
        "The axis of a series"
      } else if changed.contains(where: {
        $0.old.showsLine != $0.new.showsLine || $0.old.trend != $0.new.trend
      }) {
        "The line or trend of a series"
      } else if old.showsDataLabels != new.showsDataLabels || old.numberFormat != new.numberFormat {
        "How figures are shown"
      } else {
        nil
      }
    if let what { throw refusal(what) }
  }

  // Titles, legend, axes

  /// Gives the words of a title another text in the look that they have; `nil` takes the title away.
  private static func setTitle(
    _ owner: inout MarkupElement, _ text: String?, size: Int, order: [String], _ declared: Prefixes
  ) {
    guard let text else { return owner.remove("title") }
    guard let made = made(declared, { ChartXML.appendTitle(text, size: size, isBold: size > 1000, to: &$0) })
    else { return }
    guard var title = owner.child("title"), let fresh = made.child("tx") else {
      owner.insert(made, order: order)
      return
    }
    if let rich = title.child("tx")?.child("rich"), let paragraph = rich.child("p"), paragraph.has("r") {
      title.change("tx") { words in
        words.change("rich") { rich in
          let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
          rich.remove("p")
          rich.append(lines.map { Self.paragraph(like: paragraph, $0) })
        }
      }
    } else {
      var words = fresh
      for name in ["xmlns:c", "xmlns:a"] { if let uri = made[name] { words[name] = uri } }
      title.remove("tx")
      title.insert(words, order: ["tx", "layout", "overlay", "spPr", "txPr", "extLst"])
    }
    owner.remove("title")
    owner.insert(title, order: order)
  }

  /// A paragraph with one run, in the look of another's first.
  private static func paragraph(like paragraph: MarkupElement, _ text: String) -> MarkupElement {
    var (copy, isFirst) = (paragraph, true)
    copy.remove("br")
    copy.remove("fld")
    copy.changeAll("r") { _, run in
      guard isFirst else { return run = nil }
      isFirst = false
      run?.change("t", order: ["rPr", "t"]) { $0.setText(text, codesControls: true) }
    }
    return copy
  }

  /// An element as ``ChartXML`` writes it, with its prefixes declared where the part does not.
  private static func made(_ declared: Prefixes, _ write: (inout ByteBuffer) -> Void) -> MarkupElement? {
    guard var element = MarkupElement(ByteBuffer.text(write), prefixed: "") else { return nil }
    for (name, uri) in declared.missing { element[name] = uri }
    return element
  }

  /// Puts an element as ``ChartXML`` writes it in the place of the children of its name; `nil` takes them away.
  private static func replace(
    _ name: String, of owner: inout MarkupElement, order: [String], _ declared: Prefixes,
    with write: ((inout ByteBuffer) -> Void)?
  ) {
    owner.remove(name)
    if let write, let made = made(declared, write) { owner.insert(made, order: order) }
  }

  private func changeAxes(_ area: inout MarkupElement, _ declared: Prefixes) throws {
    let ids = Self.axisIDs(area.children(where: ChartReader.plots.contains).first)
    func isOwn(_ axis: MarkupElement) -> Bool { axis.child("axId")?["val"].map(ids.contains) == true }
    let values = area.children("valAx")
    let valueAxis: Int? =
      (old.kind == .scatter ? values.lastIndex(where: isOwn) : values.firstIndex(where: isOwn))
      ?? (values.isEmpty ? nil : 0)
    let second = values.firstIndex { !isOwn($0) && $0.child("delete")?["val"] != "1" }
    func set(_ name: String, _ number: Int?, _ text: String?) throws {
      guard let number else { throw refusal("The title of an axis that is not there") }
      area.changeAll(name) { place, axis in
        if place == number, var element = axis {
          Self.setTitle(&element, text, size: 1000, order: Self.axisOrder, declared)
          axis = element
        }
      }
    }
    if old.categoryAxisTitle != new.categoryAxisTitle {
      if old.kind == .scatter {
        try set("valAx", values.firstIndex { $0.child("axId")?["val"] == ids.first }, new.categoryAxisTitle)
      } else {
        try set("catAx", area.has("catAx") ? 0 : nil, new.categoryAxisTitle)
      }
    }
    if old.valueAxisTitle != new.valueAxisTitle { try set("valAx", valueAxis, new.valueAxisTitle) }
    if old.secondaryAxisTitle != new.secondaryAxisTitle { try set("valAx", second, new.secondaryAxisTitle) }
    guard old.valueAxisMinimum != new.valueAxisMinimum || old.valueAxisMaximum != new.valueAxisMaximum else {
      return
    }
    guard let valueAxis else { throw refusal("The end of an axis that is not there") }
    area.changeAll("valAx") { place, axis in
      guard place == valueAxis else { return }
      axis?.change("scaling", order: Self.axisOrder) { scaling in
        let order = ["logBase", "orientation", "max", "min", "extLst"]
        for (name, end) in [("max", new.valueAxisMaximum), ("min", new.valueAxisMinimum)] {
          guard let end else {
            scaling.remove(name)
            continue
          }
          scaling.change(name, order: order) { $0["val"] = ByteBuffer.text { $0.append(number: end) } }
        }
      }
    }
  }

  private static func axisIDs(_ plot: MarkupElement?) -> [String] {
    plot?.children("axId").compactMap { $0["val"] } ?? []
  }

  // Series

  private func changeSeries(_ area: inout MarkupElement, _ declared: Prefixes) throws {
    // In the file they stand by kinds, in the model by their order.
    var orders: [Int] = []
    var next = 0
    for plot in area.children(where: ChartReader.plots.contains) {
      for series in plot.children("ser") {
        let order = ChartReader.order(series.child("order")?["val"])
        let index = ChartReader.order(series.child("idx")?["val"])
        next = max(next, (order ?? -1) + 1, (index ?? -1) + 1)
        orders.append(order ?? orders.count)
      }
    }
    let sorted = orders.indices.sorted { (orders[$0], $0) < (orders[$1], $1) }
    guard sorted.count == old.series.count else { throw refusal("The series of a chart in alternatives") }
    let places = Dictionary(firstOf: sorted.enumerated().map { ($1, $0) })
    let gone = Set(series.removed.map(\.mark.place))
    let changes = Dictionary(firstOf: series.changed.map { ($0.mark.place, ($0.old, $0.new)) })
    var number = 0
    var added = series.added[...]
    var isPlotGone = false
    area.changeEach { plot in
      guard var drawn = plot, let kind = Self.kind(of: drawn) else { return }
      drawn.changeAll("ser") { _, element in
        defer { number += 1 }
        guard let place = places[number] else { return }
        if gone.contains(place) { return element = nil }
        if let (old, new) = changes[place], var changed = element {
          change(&changed, from: old, to: new, kind, declared)
          element = changed
        }
      }
      while let one = added.first, (one.kind ?? old.kind) == kind, !one.usesSecondaryAxis {
        added.removeFirst()
        let made = Self.made(declared) { ChartSeriesXML.append(one, next, kind, new, to: &$0) }
        if let made { drawn.insert(made, order: Self.plotOrder) }
        next += 1
      }
      // A plot without series is none.
      if drawn.has("ser") { return plot = drawn }
      isPlotGone = true
      plot = nil
    }
    if isPlotGone { Self.removeUnusedAxes(from: &area) }
    if !added.isEmpty { throw refusal("The kinds or axes of series") }
  }

  /// Axes by which no plot is measured any more go too.
  private static func removeUnusedAxes(from area: inout MarkupElement) {
    let plots = area.children { $0.hasSuffix("Chart") }
    let used = Set(plots.flatMap { axisIDs($0) })
    area.changeEach { axis in
      guard let element = axis, element.localName.hasSuffix("Ax"), let id = element.child("axId")?["val"]
      else {
        return
      }
      if !used.contains(id) { axis = nil }
    }
  }

  private static func kind(of plot: MarkupElement) -> Chart.Kind? {
    guard ChartReader.plots.contains(plot.localName) else { return nil }
    return ChartReader.kind(named: plot.localName, direction: plot.child("barDir")?["val"])
  }

  private func change(
    _ element: inout MarkupElement, from old: Chart.Series, to new: Chart.Series, _ kind: Chart.Kind,
    _ declared: Prefixes
  ) {
    if old.color != new.color { Self.setColor(of: &element, new.color, kind, declared) }
    func replace(_ name: String, with write: ((inout ByteBuffer) -> Void)?) {
      Self.replace(name, of: &element, order: Self.seriesOrder, declared, with: write)
    }
    if old.name != new.name { replace("tx") { ChartSeriesXML.appendName(new.name, to: &$0) } }
    let isScatter = element.has("yVal") || element.has("xVal")
    if old.categories != new.categories || old.cachedCategories != new.cachedCategories {
      let name = isScatter ? "xVal" : "cat"
      let isText = !isScatter && element.child(name)?.has("numRef") != true
      replace(
        name,
        with: new.categories.isEmpty
          ? nil : { ChartSeriesXML.appendCategories(new, isText: isText, isScatter: isScatter, to: &$0) })
    }
    if old.values != new.values || old.cachedValues != new.cachedValues {
      let name = isScatter ? "yVal" : "val"
      let code = element.child(name)?.child("numRef")?.child("numCache")?.child("formatCode")?.text
      replace(name) {
        ChartSeriesXML.appendValues(
          new, isScatter: isScatter, format: NumberFormat(code ?? "General"), to: &$0)
      }
    }
  }
}

extension ChartEditing {
  /// Gives bars, lines or points a colour; `nil` leaves it to the theme.
  private static func setColor(
    of series: inout MarkupElement, _ color: Color?, _ kind: Chart.Kind, _ declared: Prefixes
  ) {
    func fill(_ holder: inout MarkupElement) {
      for name in ["noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"] {
        holder.remove(name)
      }
      let order = ["xfrm", "custGeom", "prstGeom", "solidFill", "ln", "prstDash", "round", "bevel", "miter"]
      guard let color, let made = made(declared, { ChartSeriesXML.append(solid: color, to: &$0) }) else {
        return
      }
      holder.insert(made, order: order)
    }
    func line(_ properties: inout MarkupElement) {
      if !properties.has("ln") {
        var made = MarkupElement("ln", prefix: "a:")
        for (name, uri) in declared.missing where name == "xmlns:a" { made[name] = uri }
        properties.insert(made, order: ["xfrm", "prstGeom", "solidFill", "ln", "effectLst"])
      }
      properties.change("ln") { fill(&$0) }
    }
    switch kind {
    case .line, .radar, .scatter:
      if kind != .scatter || series.child("spPr")?.child("ln")?.has("noFill") != true {
        series.change("spPr", order: seriesOrder) { line(&$0) }
      }
      series.change("marker", order: seriesOrder) { marker in
        marker.change("spPr", order: ["symbol", "size", "spPr"]) { fill(&$0) }
      }
    case .column, .bar, .area, .pie, .doughnut: series.change("spPr", order: seriesOrder) { fill(&$0) }
    }
  }
}

extension MarkupElement {
  /// The children whose names pass a test.
  func children(where test: (String) -> Bool) -> [MarkupElement] {
    var found: [MarkupElement] = []
    forEachChild { if test($0.localName) { found.append($0) } }
    return found
  }
}
