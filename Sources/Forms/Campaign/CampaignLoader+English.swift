/// `english:`: how reports in English call what the campaign prints in Chinese.
extension CampaignLoader {
  /// Every layer's names, those of the upper ones first. The uppermost layer may only name what there is, so that a slip is
  /// noticed; what a layer below names may have gone.
  func readEnglishNames(of campaign: Campaign) throws -> [String: String] {
    var names: [String: String] = [:]
    for (position, layer) in layers.enumerated() {
      guard let node = layer.map["english"] else { continue }
      let map = try node.mapping()
      let isTop = position == layers.count - 1
      let known = isTop ? campaign.printedTexts : []
      for (key, value) in map.pairs {
        let text = Self.filled(key, year: year)
        guard !isTop || known.contains(text) else {
          throw map.error(
            at: key, zh: "活动里没有“\(text)”，请照活动、表、指标表的标题，表头，单位或计量单位原样写",
            en:
              "the campaign has no \"\(text)\"; write a title, a label, a heading, a unit or a measure as it stands there"
          )
        }
        names[text] = Self.filled(try value.string(), year: year)
      }
    }
    return names
  }
}

extension Campaign {
  /// What reports show of the campaign's own words.
  fileprivate var printedTexts: Set<String> {
    var texts: Set<String> = [title, office]
    texts.formUnion(units.map(\.name))
    for table in targets {
      texts.formUnion(
        [table.label, table.title, table.heading, table.unitHeading, table.totalLabel]
          + [table.resultTitle].compactMap(\.self))
    }
    texts.formUnion(dueDocuments.map(\.name))
    for sheet in workbookPlan.sheets { texts.formUnion([sheet.name] + [sheet.title].compactMap(\.self)) }
    for form in forms {
      texts.formUnion([form.label, form.title])
      for path in form.rowLeaves + form.columnLeaves {
        for heading in path { texts.formUnion([heading.name, heading.printed]) }
      }
      for field in form.fields {
        texts.formUnion([field.measure.unit, field.measure.baseUnit])
        texts.formUnion(field.choices.map(\.name))
      }
      for sum in form.rules.year.sums + form.rules.kinds { texts.insert(sum.name) }
      texts.formUnion(form.rules.channels.map(\.name))
      texts.formUnion(form.headLines.map(\.label))
      if let list = form.list { texts.insert(list.counted) }
    }
    return texts
  }
}
