using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Searches stored datasets for runs.</summary>
internal interface IDatasetReader
{
    /// <summary>Finds the records of a dataset that match a question.</summary>
    /// <param name="datasetId">The id of the dataset.</param>
    /// <param name="accountId">The account of the run, which must be allowed to use the dataset.</param>
    /// <param name="question">The question.</param>
    /// <param name="forModels">The question as models of other services may get it; null for the question itself.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <returns>The result; null when the dataset was deleted or the account may not use it.</returns>
    /// <exception cref="StoreUnavailableException">The database can't be read, or the index can't be written or read.</exception>
    Task<DatasetFindings?> SearchAsync(string datasetId, string accountId, string question, string? forModels, CancellationToken cancellationToken);
}

/// <summary>The result of a search in a dataset.</summary>
/// <param name="DatasetId">The id of the dataset.</param>
/// <param name="Records">The records, best first, with as much of their texts as the dataset allows.</param>
internal sealed record DatasetFindings(string DatasetId, IReadOnlyList<DatasetFinding> Records)
{
    /// <summary>The instruction of the dataset for the case that records were found; null for the default.</summary>
    public string? MatchInstruction { get; init; }

    /// <summary>The instruction of the dataset for the case that no record was found; null for the default.</summary>
    public string? MismatchInstruction { get; init; }
}

/// <summary>A found record.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Score">How well it matches, from 0 to 1.</param>
/// <param name="Source">The origin to show to people.</param>
/// <param name="Text">The text, or the parts of a long text that match.</param>
internal sealed record DatasetFinding(string Id, double Score, string Source, string Text)
{
    /// <summary>The source of the record; null for none, and for the id of a file.</summary>
    public string? Origin { get; init; }

    /// <summary>The title of the text; the name of the dataset if nothing else says where the text is from.</summary>
    public string? Title { get; init; }

    /// <summary>The number of the page in the document, from 1 on; null when it has none.</summary>
    public int? Page { get; init; }

    /// <summary>The members of <c>meta</c> that the model gets, a line for each.</summary>
    public IReadOnlyList<string> Heading { get; init; } = [];
}
