using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create a dataset.</summary>
public sealed record DatasetCreateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 lower-case letters, digits, - and
    /// _; unique among your datasets.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the records are about, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets where the records are kept. Servers may choose by themselves. Default: the server's.</summary>
    public string? Store { get; init; }

    /// <summary>Gets the model that puts found records in a better order, optionally with settings. Default: none.</summary>
    public string? Reranker { get; init; }

    /// <summary>Gets how many tokens a record may have when a file is split into records, 1 or more. Default: 768.</summary>
    public int? RecordMaxTokens { get; init; }

    /// <summary>Gets the minimum similarity of a record that is found, 0 or more; 1 is the maximum. Default: 0.</summary>
    public double? SearchMinScore { get; init; }

    /// <summary>Gets the maximum number of records to find, 1 or more. Default: 3 for a search, 10 in a conversation.</summary>
    public int? SearchMaxRecords { get; init; }

    /// <summary>Gets how many tokens the found records may have together in a conversation, 1 or more.</summary>
    public int? SearchMaxTokens { get; init; }

    /// <summary>
    /// Gets what the model is told before the records that were found; <c>{search}</c> stands for the question, and "-"
    /// tells it nothing. At most 65,535 bytes. Default: a text of the server.
    /// </summary>
    public string? MatchInstruction { get; init; }

    /// <summary>
    /// Gets what the model is told when no record was found; "-" tells it nothing. At most 65,535 bytes. Default: a text of
    /// the server.
    /// </summary>
    public string? MismatchInstruction { get; init; }

    /// <summary>Gets where a file may be split into records: texts separated by commas. Default: the server's.</summary>
    public string? Separators { get; init; }

    /// <summary>Gets the blueprint that the dataset is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the dataset. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata, limited only by the size of a request. Keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}
