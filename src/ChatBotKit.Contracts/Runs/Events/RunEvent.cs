using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>
/// One line of the stream of a run. Each known type has its own record; any other is an <see cref="UnknownEvent"/>. A
/// switch over the types should ignore the types that it does not handle.
/// </summary>
[JsonConverter(typeof(RunEventConverter))]
public abstract record RunEvent
{
    // A stream has one event per token, so the two optional numbers are packed into 8 bytes each instead of 16 and 24.
    private const long Unset = long.MinValue;

    private long _id = Unset;
    private long _createdAt = Unset;

    private protected RunEvent()
    {
    }

    /// <summary>Gets the type as it is on the wire, for example <c>token</c>.</summary>
    public abstract string Type { get; }

    /// <summary>
    /// Gets the number of the event in the log of its run, with which a stream can be resumed; null when the server keeps
    /// no log.
    /// </summary>
    public long? Id
    {
        get => _id == Unset ? null : _id;
        init => _id = value ?? Unset;
    }

    /// <summary>Gets when the event happened, to the millisecond; null when the server does not send it.</summary>
    public DateTimeOffset? CreatedAt
    {
        get => _createdAt == Unset ? null : DateTimeOffset.FromUnixTimeMilliseconds(_createdAt);
        init => _createdAt = value?.ToUnixTimeMilliseconds() ?? Unset;
    }

    /// <summary>
    /// Gets or sets the fields other than <c>type</c>, <c>data</c>, <c>id</c> and <c>createdAt</c>; null when there are
    /// none.
    /// </summary>
    public IDictionary<string, JsonElement>? AdditionalProperties { get; set; }

    internal void SetEnvelope(long? id, long? createdAt)
    {
        _id = id ?? Unset;
        _createdAt = createdAt ?? Unset;
    }

    internal abstract void WriteData(Utf8JsonWriter writer, JsonSerializerOptions options);
}

/// <summary>An event with data of a known type.</summary>
/// <typeparam name="TData">The type of the data.</typeparam>
public abstract record RunEvent<TData> : RunEvent
{
    private protected RunEvent()
    {
    }

    /// <summary>Gets the data of the event.</summary>
    public required TData Data { get; init; }

    internal override void WriteData(Utf8JsonWriter writer, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, Data, (JsonTypeInfo<TData>)options.GetTypeInfo(typeof(TData)));
}
