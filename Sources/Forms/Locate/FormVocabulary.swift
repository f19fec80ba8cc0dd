/// All words by which a campaign's forms are known on a sheet; made once for a campaign.
struct FormVocabulary: Sendable {
  let forms: [FormDefinition]
  let headings: HeadingVocabulary
  let titles: TitleVocabulary
  let headLines: HeadLineVocabulary
  let groups: GroupWords
  /// The positions of the forms that are lists.
  let lists: Set<Int>

  init(_ campaign: Campaign) {
    let forms = campaign.forms
    self.forms = forms
    let totals = forms.flatMap { $0.rows + $0.columns }.flatMap(\.totalWords)
    groups = GroupWords(campaign.words, totals: totals, year: campaign.year)
    headings = HeadingVocabulary(forms, groups: groups)
    titles = TitleVocabulary(forms)
    headLines = HeadLineVocabulary(forms)
    lists = Set(forms.indices.filter { forms[$0].kind == .list })
  }
}

extension Heading {
  /// The words for the sums among this heading and those below it.
  fileprivate var totalWords: [String] {
    (isTotal ? [name, printed] + synonyms : []) + children.flatMap(\.totalWords)
  }
}
