namespace ChatBotKit.Server.Knowledge;

/// <summary>A record that a search found.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Score">
/// The share of the question that the record holds, from 0 to 1, where a rare word counts more than a frequent one. It does not depend
/// on the number of records. The order of the records is that of a finer score.
/// </param>
/// <param name="Passages">The parts of the record's text that match, best first. A text that is not long is one passage.</param>
internal sealed record FoundRecord(string Id, double Score, IReadOnlyList<TextSpan> Passages);
