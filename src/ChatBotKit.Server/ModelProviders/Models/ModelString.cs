using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>
/// Parses model strings: <c>name/key=value/key=value</c>, or JSON <c>{"name":…,"config":{…}}</c>. A name may contain slashes. In a
/// value, and in a part of a name that looks like a setting, a slash is written as <c>%2F</c>.
/// </summary>
internal static class ModelString
{
    private const int MaxLength = 4096;

    /// <param name="text">The model string.</param>
    /// <param name="isServed">Whether a model with this name is served. Such a name is taken literally.</param>
    /// <exception cref="ModelReferenceException">The string has no name, an unknown setting, or a value out of its range.</exception>
    public static ModelReference Parse(string text, Func<string, bool>? isServed = null)
    {
        if (text.Length > MaxLength)
            throw new ModelReferenceException($"The model is longer than {MaxLength} characters.");
        return text.TrimStart().StartsWith('{') ? ParseJson(text) : ParsePath(text, isServed ?? (static _ => false));
    }

    private static ModelReference ParsePath(string text, Func<string, bool> isServed)
    {
        var end = EndOfName(text, isServed);
        var name = text[..end].Trim();
        var model = Named(isServed(name) ? name : Unescape(name));
        if (end == text.Length)
            return model;
        foreach (var segment in text[(end + 1)..].Split('/'))
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

    /// <summary>
    /// Finds where the settings begin: after the longest name that is served, or else before the first part with the form of a
    /// setting.
    /// </summary>
    private static int EndOfName(string text, Func<string, bool> isServed)
    {
        for (var end = text.Length; end > 0; end = text.LastIndexOf('/', end - 1))
        {
            if (isServed(text[..end].Trim()))
                return end;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        while (slash >= 0)
        {
            var next = text.IndexOf('/', slash + 1);
            if (text.AsSpan()[(slash + 1)..(next < 0 ? text.Length : next)].Contains('='))
                return slash;
            slash = next;
        }

        return text.Length;
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
            // The JSON reader refuses unpaired surrogates, escaped or not, with these two exceptions.
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
            // As elsewhere in the API, null means not given.
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
