namespace ChatBotKit.Server.Knowledge;

/// <summary>A record that a search found.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Score">
/// How well the record matches, from 0 to 1: with vectors the cosine of question and text; for a record without a vector the share of
/// the question that it holds, where a rare word counts more than a frequent one. It does not depend on the number of records. The order
/// of the records is that of a finer score.
/// </param>
/// <param name="Passages">The parts of the record's text that match, best first. A text that is not long is one passage.</param>
internal sealed record FoundRecord(string Id, double Score, IReadOnlyList<TextSpan> Passages);
