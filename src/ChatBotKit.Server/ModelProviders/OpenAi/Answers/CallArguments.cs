using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Finds the JSON object in the arguments of a call, which some servers put into a JSON string, also more than once.</summary>
internal static class CallArguments
{
    private const int MaxStrings = 3;

    /// <summary>The object as text, <c>{}</c> for nothing at all, and null for everything that is no object.</summary>
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
            // The second is the reader's way of refusing half a pair of surrogates.
            return null;
        }
    }

    /// <summary>Whether an object begins here.</summary>
    public static bool Begin(ReadOnlySpan<char> arguments) => arguments.TrimStart(" \t\r\n") is ['{', ..] or ['"', '{', ..];

    /// <param name="json">The arguments as they stand in a JSON string, without its quotes.</param>
    public static bool Begin(ReadOnlySpan<byte> json) =>
        json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] or [(byte)'\\', (byte)'"', (byte)'{', ..];
}
