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

    /// <summary>Gets the description of the records, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the store of the records. A server may ignore it. Default: chosen by the server.</summary>
    public string? Store { get; init; }

    /// <summary>Gets the model that reranks the found records, optionally with settings. Default: none.</summary>
    public string? Reranker { get; init; }

    /// <summary>Gets how many tokens a record may have when a file is split into records, 1 or more. Default: 768.</summary>
    public int? RecordMaxTokens { get; init; }

    /// <summary>Gets the minimum similarity of a record that is found, 0 or more; 1 is the maximum. Default: 0.</summary>
    public double? SearchMinScore { get; init; }

    /// <summary>Gets the maximum number of records to find, 1 or more. Default: 3 for a search, 10 in a conversation.</summary>
    public int? SearchMaxRecords { get; init; }

    /// <summary>Gets the maximum number of tokens of all found records together in a conversation, 1 or more.</summary>
    public int? SearchMaxTokens { get; init; }

    /// <summary>
    /// Gets the instruction that the model gets before the found records; <c>{search}</c> stands for the question, and "-"
    /// sends no instruction. At most 65,535 bytes. Default: a text of the server.
    /// </summary>
    public string? MatchInstruction { get; init; }

    /// <summary>
    /// Gets the instruction that the model gets when no record was found; "-" sends no instruction. At most 65,535 bytes.
    /// Default: a text of the server.
    /// </summary>
    public string? MismatchInstruction { get; init; }

    /// <summary>
    /// Gets the separators at which a file may be split into records, separated by commas. Default: set by the server.
    /// </summary>
    public string? Separators { get; init; }

    /// <summary>Gets the blueprint that the dataset is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the dataset. Default: <see cref="Visibility.Private"/>, nobody.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }
}
