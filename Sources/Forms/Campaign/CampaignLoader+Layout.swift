extension CampaignLoader {
  private static let layoutKeys = [
    "landscape", "margins", "labelFont", "labelSize", "titleFont", "titleSize", "textFont", "textSize",
    "columnWidths", "rowHeight", "titleLines",
  ]

  /// The campaign's `layout:`, changed by the form's own.
  func readLayout(_ own: YAMLNode?, title: String) throws -> FormLayout {
    var layout = FormLayout()
    var hasMargins = false
    for node in values("layout") + [own].compactMap(\.self) {
      let map = try node.mapping(keys: Self.layoutKeys)
      if let value = map["landscape"] { layout.landscape = try value.bool() }
      if let value = map["margins"] {
        layout.margins = try margins(value)
        hasMargins = true
      }
      if let value = map["labelFont"] { layout.labelFont = try value.string() }
      if let value = map["titleFont"] { layout.titleFont = try value.string() }
      if let value = map["textFont"] { layout.textFont = try value.string() }
      if let value = map["labelSize"] { layout.labelSize = try size(value, 4...72) }
      if let value = map["titleSize"] { layout.titleSize = try size(value, 4...72) }
      if let value = map["textSize"] { layout.textSize = try size(value, 4...72) }
      // Excel's rows go up to 409 points, its columns to 255 characters.
      if let value = map["rowHeight"] { layout.rowHeight = try size(value, 8...409) }
      if let value = map["columnWidths"] {
        layout.columnWidths = try value.list { try size($0, 1...255) }
      }
      if let value = map["titleLines"] {
        layout.titleLines = try value.strings().map { Self.filled($0, year: year) }
        guard LabelText.key(layout.titleLines.joined()) == LabelText.key(title) else {
          throw value.error(
            zh: "titleLines 各行连起来应为标题“\(title)”", en: "the titleLines together must read \"\(title)\"")
        }
      }
    }
    if layout.landscape && !hasMargins { layout.margins = .officialLandscape }
    return layout
  }

  func checkColumnWidths(_ form: FormDefinition, at node: YAMLNode) throws {
    let widths = form.layout.columnWidths.count
    let columns = form.rowHeadingDepth + form.columnLeaves.count
    guard widths == 0 || widths == columns else {
      throw node.error(
        zh: "columnWidths 有\(widths)个宽度，表有\(columns)列",
        en: "columnWidths has \(widths) widths, the form \(columns) columns")
    }
  }

  private func margins(_ node: YAMLNode) throws -> FormLayout.Margins {
    let map = try node.mapping(keys: ["top", "bottom", "left", "right"])
    return FormLayout.Margins(
      top: try size(map.required("top"), 0...12), bottom: try size(map.required("bottom"), 0...12),
      left: try size(map.required("left"), 0...12), right: try size(map.required("right"), 0...12))
  }

  private func size(_ node: YAMLNode, _ bounds: ClosedRange<Double>) throws -> Double {
    let size = try node.double()
    guard bounds.contains(size) else {
      throw node.error(
        zh: "应在\(bounds.lowerBound)到\(bounds.upperBound)之间，现为\(size)",
        en: "must lie between \(bounds.lowerBound) and \(bounds.upperBound), is \(size)")
    }
    return size
  }
}
