using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A stored dataset: records that a model can search.</summary>
public sealed record DatasetItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the alias, which can replace the id when @ is written before it.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description of the records.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the store of the records, a name that the server chooses.</summary>
    public required string Store { get; init; }

    /// <summary>Gets the model that reranks the found records, optionally with settings.</summary>
    public string? Reranker { get; init; }

    /// <summary>Gets how many tokens a record may have when a file is split into records.</summary>
    public int? RecordMaxTokens { get; init; }

    /// <summary>Gets the minimum similarity of a record that is found.</summary>
    public double? SearchMinScore { get; init; }

    /// <summary>Gets the maximum number of records to find.</summary>
    public int? SearchMaxRecords { get; init; }

    /// <summary>Gets the maximum number of tokens of all found records together in a conversation.</summary>
    public int? SearchMaxTokens { get; init; }

    /// <summary>
    /// Gets the instruction that the model gets before the found records; <c>{search}</c> stands for the question, and "-"
    /// sends no instruction.
    /// </summary>
    public string? MatchInstruction { get; init; }

    /// <summary>Gets the instruction that the model gets when no record was found; "-" sends no instruction.</summary>
    public string? MismatchInstruction { get; init; }

    /// <summary>Gets the separators at which a file may be split into records, separated by commas.</summary>
    public string? Separators { get; init; }

    /// <summary>Gets the blueprint that the dataset is part of.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the dataset.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets the custom metadata.</summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the dataset was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the dataset was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
