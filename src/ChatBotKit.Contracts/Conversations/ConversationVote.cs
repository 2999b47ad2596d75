using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies a rating that conversations must have.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ConversationVote>))]
public readonly record struct ConversationVote(string Value) : IOpenString<ConversationVote>
{
    private static readonly ConversationVote[] KnownValues = [new("up"), new("down")];

    /// <summary>Gets the choice of conversations with a good rating.</summary>
    public static ConversationVote Up => KnownValues[0];

    /// <summary>Gets the choice of conversations with a bad rating.</summary>
    public static ConversationVote Down => KnownValues[1];

    static ReadOnlySpan<ConversationVote> IOpenString<ConversationVote>.Known => KnownValues;

    static ConversationVote IOpenString<ConversationVote>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
