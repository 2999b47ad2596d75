using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Features;

/// <summary>The <c>meta.key=value</c> parameters of a list, on a table with a <c>Meta</c> column of JSON text.</summary>
internal static class MetaFilter
{
    /// <summary>
    /// Rows whose meta holds every pair. Dots in a key lead into nested objects. The value is compared as text, and also as
    /// a boolean or number when it reads like one.
    /// </summary>
    public static IQueryable<T> WithMeta<T>(
        this DbSet<T> rows, IReadOnlyList<KeyValuePair<string, string>> pairs)
        where T : class
    {
        if (pairs.Count == 0)
            return rows;
        var sql = new StringBuilder($"SELECT * FROM \"{rows.EntityType.GetTableName()}\" WHERE 1 = 1");
        var parameters = new List<object>();
        foreach (var (key, value) in pairs)
            AppendCondition(sql, parameters, key, value);
        // The text holds placeholders only; what came with the request is in the parameters.
        return rows.FromSqlRaw(sql.ToString(), [.. parameters]);
    }

    private static void AppendCondition(StringBuilder sql, List<object> parameters, string key, string value)
    {
        var path = Parameter(parameters, Path(key));
        var text = Parameter(parameters, value);
        sql.Append(CultureInfo.InvariantCulture, $" AND (json_type(\"Meta\", {path}) = 'text' AND json_extract(\"Meta\", {path}) = {text}");
        if (value is "true" or "false")
            sql.Append(CultureInfo.InvariantCulture, $" OR json_type(\"Meta\", {path}) = {text}");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            var amount = Parameter(parameters, number);
            sql.Append(CultureInfo.InvariantCulture, $" OR json_type(\"Meta\", {path}) IN ('integer', 'real')")
                .Append(CultureInfo.InvariantCulture, $" AND json_extract(\"Meta\", {path}) = {amount}");
        }

        sql.Append(')');
    }

    private static string Parameter(List<object> parameters, object value)
    {
        parameters.Add(value);
        return $"{{{parameters.Count - 1}}}";
    }

    // A name in a path is written like one in JSON, so that no character of it ends the path.
    private static string Path(string key) =>
        string.Concat(key.Split('.').Select(part => $".\"{JsonEncodedText.Encode(part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").Prepend("$"));
}
