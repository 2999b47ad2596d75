namespace ChatBotKit;

/// <summary>A piece of speech, on realtime connections.</summary>
public sealed record AudioEvent : RunEvent<AudioEventData>
{
    /// <inheritdoc/>
    public override string Type => "audio";
}

/// <summary>The data of an <see cref="AudioEvent"/>.</summary>
public sealed record AudioEventData : ApiObject
{
    /// <summary>Gets the samples.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets the encoding of the samples.</summary>
    public AudioFormat? Format { get; init; }
}

/// <summary>Specifies the encoding of audio samples.</summary>
public sealed record AudioFormat : ApiObject
{
    /// <summary>Gets the encoding, for example <c>pcm16</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>Gets the samples per second.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Gets the number of audio channels.</summary>
    public int? Channels { get; init; }
}
