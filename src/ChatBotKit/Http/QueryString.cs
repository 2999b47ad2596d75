using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>Writes a query string. Nulls are left out, and the keys of nested values are joined with a dot.</summary>
internal static class QueryString
{
    public static string From(IEnumerable<KeyValuePair<string, object?>> query)
    {
        var result = new StringBuilder();
        foreach (var (key, value) in query)
            Append(result, key, value);
        return result.ToString();
    }

    public static Dictionary<string, object?> Of(ListRequest? request, params ReadOnlySpan<(string Name, object? Value)> filters)
    {
        var query = new Dictionary<string, object?>
        {
            ["cursor"] = request?.Cursor,
            ["order"] = request?.Order,
            ["take"] = request?.Take,
            ["meta"] = request?.Meta,
        };
        foreach (var (name, value) in filters)
            query[name] = value;
        return query;
    }

    private static void Append(StringBuilder result, string key, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case IEnumerable<KeyValuePair<string, string>> nested:
                foreach (var (subKey, subValue) in nested)
                    Append(result, $"{key}.{subKey}", subValue);
                break;
            case IEnumerable<KeyValuePair<string, object?>> nested:
                foreach (var (subKey, subValue) in nested)
                    Append(result, $"{key}.{subKey}", subValue);
                break;
            default:
                result.Append(result.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(Text(value)));
                break;
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
