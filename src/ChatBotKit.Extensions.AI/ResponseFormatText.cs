using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Describes a response format in words, because the API has no field for it.</summary>
internal static class ResponseFormatText
{
    /// <summary>Gets the instruction for the model; null when any text is allowed.</summary>
    /// <exception cref="NotSupportedException">The format is neither text nor JSON.</exception>
    public static string? Of(ChatResponseFormat? format) => format switch
    {
        null or ChatResponseFormatText => null,
        ChatResponseFormatJson { Schema: { } schema } json =>
            $"""
            Answer with one JSON value that conforms to the JSON Schema below{About(json)}. Write nothing else: no explanation
            and no Markdown fence around it.

            {schema.GetRawText()}
            """,
        ChatResponseFormatJson =>
            "Answer with one JSON object. Write nothing else: no explanation and no Markdown fence around it.",
        _ => throw new NotSupportedException($"The API does not support the response format {format.GetType().Name}."),
    };

    private static string About(ChatResponseFormatJson json) => (json.SchemaName, json.SchemaDescription) switch
    {
        (null, null) => "",
        ({ } name, null) => $" ({name})",
        (null, { } description) => $" ({description})",
        ({ } name, { } description) => $" ({name}: {description})",
    };
}
