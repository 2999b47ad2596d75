using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the state of work of the server.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<ServerWorkState>))]
public readonly record struct ServerWorkState(string Value) : IOpenString<ServerWorkState>
{
    private static readonly ServerWorkState[] KnownValues = [new("waiting"), new("running"), new("dead")];

    /// <summary>Gets the state of work that waits for its due time or for its next attempt.</summary>
    public static ServerWorkState Waiting => KnownValues[0];

    /// <summary>Gets the state of work that a server is running.</summary>
    public static ServerWorkState Running => KnownValues[1];

    /// <summary>Gets the state of work that failed in all its attempts. The server does not run it again unless it is retried.</summary>
    public static ServerWorkState Dead => KnownValues[2];

    static ReadOnlySpan<ServerWorkState> IOpenString<ServerWorkState>.Known => KnownValues;

    static ServerWorkState IOpenString<ServerWorkState>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
