using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Finds the JSON object in the arguments of a call. Some servers encode it as a JSON string, even several times.</summary>
internal static class CallArguments
{
    private const int MaxStrings = 3;

    /// <summary>Returns the object as text; <c>{}</c> for no arguments, and null for anything that is not an object.</summary>
    public static string? ObjectIn(string arguments)
    {
        try
        {
            for (var strings = 0; strings <= MaxStrings; strings++)
            {
                if (string.IsNullOrWhiteSpace(arguments))
                    return "{}";
                using var document = JsonDocument.Parse(arguments);
                switch (document.RootElement.ValueKind)
                {
                    case JsonValueKind.Object:
                        return arguments;
                    case JsonValueKind.Null:
                        return "{}";
                    case JsonValueKind.String:
                        arguments = document.RootElement.GetString()!;
                        break;
                    default:
                        return null;
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The JSON reader throws InvalidOperationException for unpaired surrogates.
            return null;
        }
    }

    /// <summary>Whether the text begins with an object.</summary>
    public static bool Begin(ReadOnlySpan<char> arguments) => arguments.TrimStart(" \t\r\n") is ['{', ..] or ['"', '{', ..];

    /// <param name="json">The arguments as they are in a JSON string, without its quotes.</param>
    public static bool Begin(ReadOnlySpan<byte> json) =>
        json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [(byte)'\\', (byte)'"', (byte)'{', ..];
}
