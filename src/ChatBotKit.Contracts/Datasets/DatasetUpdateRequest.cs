using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to update a dataset. A field that is not set keeps its value.</summary>
public sealed record DatasetUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it; null removes it. At most 128 characters. The
    /// hosted service also removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the records, at most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the model that reranks the found records, optionally with settings; null for none.</summary>
    public Optional<string> Reranker { get; init; }

    /// <summary>Gets how many tokens a record may have when a file is split into records, 1 or more.</summary>
    public Optional<int> RecordMaxTokens { get; init; }

    /// <summary>Gets the minimum similarity of a record that is found, 0 or more; 1 is the maximum.</summary>
    public Optional<double> SearchMinScore { get; init; }

    /// <summary>Gets the maximum number of records to find, 1 or more.</summary>
    public Optional<int> SearchMaxRecords { get; init; }

    /// <summary>Gets the maximum number of tokens of all found records together in a conversation, 1 or more.</summary>
    public Optional<int> SearchMaxTokens { get; init; }

    /// <summary>
    /// Gets the instruction that the model gets before the found records; <c>{search}</c> stands for the question, and "-"
    /// sends no instruction. At most 65,535 bytes.
    /// </summary>
    public Optional<string> MatchInstruction { get; init; }

    /// <summary>
    /// Gets the instruction that the model gets when no record was found; "-" sends no instruction. At most 65,535 bytes.
    /// </summary>
    public Optional<string> MismatchInstruction { get; init; }

    /// <summary>Gets the separators at which a file may be split into records, separated by commas.</summary>
    public Optional<string> Separators { get; init; }

    /// <summary>Gets the blueprint that the dataset is part of; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>Gets who besides the owner may use the dataset.</summary>
    public Optional<Visibility> Visibility { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }
}
