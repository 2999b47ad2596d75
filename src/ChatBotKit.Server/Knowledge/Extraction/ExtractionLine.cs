using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The request to the process that reads a file.</summary>
internal sealed record ExtractionRequest(string? ContentType, string? FileName)
{
    /// <summary>See <see cref="ExtractionLimits.OutputBytes"/>.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>See <see cref="ExtractionLimits.OutputBlocks"/>.</summary>
    public int MaxBlocks { get; init; } = int.MaxValue;

    /// <summary>See <see cref="ExtractionLimits.CutsText"/>.</summary>
    public bool CutsText { get; init; }
}

/// <summary>A line of the process that reads a file: a block, a refusal, or the end.</summary>
internal sealed record ExtractionLine
{
    public TextBlock? Block { get; init; }

    public FileRefusal? Refusal { get; init; }

    public bool IsEnd { get; init; }

    /// <summary>At the end: whether the text is longer than the blocks.</summary>
    public bool IsCut { get; init; }
}

[JsonSerializable(typeof(ExtractionRequest))]
[JsonSerializable(typeof(ExtractionLine))]
internal sealed partial class ExtractionJson : JsonSerializerContext
{
    // Letters that are not of the Latin script would become six times longer by escaping.
    public static ExtractionJson Lines { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
