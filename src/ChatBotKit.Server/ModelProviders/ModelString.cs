using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Takes model strings apart: <c>name/key=value/key=value</c>, where <c>%2F</c> stands for a slash inside a name or a
/// value, or JSON <c>{"name":…,"config":{…}}</c>.
/// </summary>
internal static class ModelString
{
    private const int MaxLength = 4096;

    /// <exception cref="ModelReferenceException">
    /// The string has no name, an unknown setting or a value out of its range.
    /// </exception>
    public static ModelReference Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new ModelReferenceException($"The model is longer than {MaxLength} characters.");
        return text.TrimStart().StartsWith('{') ? ParseJson(text) : ParsePath(text);
    }

    private static ModelReference ParsePath(string text)
    {
        var segments = text.Split('/');
        var model = Named(Unescape(segments[0]));
        foreach (var segment in segments.AsSpan(1))
        {
            var equals = segment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ModelReferenceException(
                    $"\"{segment}\" in the model is not key=value; a slash that belongs to a name is written %2F.");
            }

            model = ModelSettings.Apply(model, segment[..equals], Unescape(segment[(equals + 1)..]));
        }

        return model;
    }

    private static ModelReference ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            string? name = null;
            var config = default(JsonElement);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (field.NameEquals("name") && field.Value.ValueKind == JsonValueKind.String)
                    name = field.Value.GetString();
                else if (field.NameEquals("config") && field.Value.ValueKind == JsonValueKind.Object)
                    config = field.Value;
                else
                    throw new ModelReferenceException($"The model's field \"{field.Name}\" is unknown or has the wrong type.");
            }

            return config.ValueKind == JsonValueKind.Object ? Configure(Named(name), config) : Named(name);
        }
        catch (JsonException e)
        {
            throw new ModelReferenceException($"The model is not valid JSON: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The reader's ways of refusing half a pair of surrogates, escaped or not.
            throw new ModelReferenceException("The model holds text that is not valid Unicode.");
        }
    }

    private static ModelReference Configure(ModelReference model, JsonElement config)
    {
        foreach (var setting in config.EnumerateObject())
        {
            var text = setting.Value.ValueKind switch
            {
                JsonValueKind.String => setting.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => setting.Value.GetRawText(),
                JsonValueKind.Null => null,
                _ => throw new ModelReferenceException($"The model's {setting.Name} must be a plain value."),
            };
            // As in the rest of the API, null is the same as not given.
            if (text is not null)
                model = ModelSettings.Apply(model, setting.Name, text);
        }

        return model;
    }

    private static ModelReference Named(string? name) => string.IsNullOrWhiteSpace(name)
        ? throw new ModelReferenceException("The model has no name.")
        : new ModelReference { Name = name.Trim() };

    private static string Unescape(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
