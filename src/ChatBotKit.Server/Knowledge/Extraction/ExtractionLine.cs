using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Knowledge;

/// <summary>The request to the process that reads a file.</summary>
internal sealed record ExtractionRequest(string? ContentType, string? FileName);

/// <summary>A line of the process that reads a file: a block, a refusal, or the end.</summary>
internal sealed record ExtractionLine
{
    public TextBlock? Block { get; init; }

    public FileRefusal? Refusal { get; init; }

    public bool IsEnd { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ExtractionRequest))]
[JsonSerializable(typeof(ExtractionLine))]
internal sealed partial class ExtractionJson : JsonSerializerContext;
