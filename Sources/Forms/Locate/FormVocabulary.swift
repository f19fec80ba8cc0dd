/// All words by which a campaign's forms are known on a sheet; made once for a campaign.
struct FormVocabulary: Sendable {
  let forms: [FormDefinition]
  let headings: HeadingVocabulary
  let titles: TitleVocabulary
  let headLines: HeadLineVocabulary

  init(_ forms: [FormDefinition]) {
    self.forms = forms
    headings = HeadingVocabulary(forms)
    titles = TitleVocabulary(forms)
    headLines = HeadLineVocabulary(forms)
  }
}
