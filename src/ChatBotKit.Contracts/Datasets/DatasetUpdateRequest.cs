using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Changes a dataset. A field that is not set stays as it is.</summary>
public sealed record DatasetUpdateRequest
{
    /// <summary>
    /// Gets the name that can be used instead of the id, with @ in front; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the records are about, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the model that puts found records in a better order, optionally with settings; null for none.</summary>
    public Optional<string> Reranker { get; init; }

    /// <summary>Gets how many tokens a record may have when a file is split into records, 1 or more.</summary>
    public Optional<int> RecordMaxTokens { get; init; }

    /// <summary>Gets how alike a record must be to be found, 0 or more; 1 is the most.</summary>
    public Optional<double> SearchMinScore { get; init; }

    /// <summary>Gets how many records are found at most, 1 or more.</summary>
    public Optional<int> SearchMaxRecords { get; init; }

    /// <summary>Gets how many tokens the found records may have together in a conversation, 1 or more.</summary>
    public Optional<int> SearchMaxTokens { get; init; }

    /// <summary>
    /// Gets what the model is told before the records that were found; <c>{search}</c> stands for the question, and "-"
    /// tells it nothing. At most 65,535 bytes.
    /// </summary>
    public Optional<string> MatchInstruction { get; init; }

    /// <summary>Gets what the model is told when no record was found; "-" tells it nothing. At most 65,535 bytes.</summary>
    public Optional<string> MismatchInstruction { get; init; }

    /// <summary>Gets where a file may be split into records: texts with commas between.</summary>
    public Optional<string> Separators { get; init; }

    /// <summary>Gets the blueprint that the dataset is part of; null takes it out.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the dataset.</summary>
    public Optional<Visibility> Visibility { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
