using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Server.Data.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    public override string LockRows => "";

    public override string LockFreeRows => "";

    public override string Slug => "json_extract(\"Data\", '$.slug')";

    public override string IntegerIn(string column, string field) => $"json_extract({column}, '$.{field}')";

    public override void AddJsonCondition(SqlQuery query, string column, string key, string value)
    {
        var wanted = new JsonText(key, value);
        // Scanning the text of a document costs a third of parsing it, and a list may have to filter all of them.
        if (wanted.Start is { } start)
            query.AddSql($" AND {column} GLOB ").Add($"{start}");
        query.AddSql(" AND (");
        foreach (var (index, pattern) in wanted.Forms.Index())
            query.AddSql($"{(index == 0 ? "" : " OR ")}{column} GLOB ").Add($"{pattern}");
        var path = Path(key);
        query.AddSql($") AND json_extract({column}, ").Add($"{path}) IN ({value}");
        var types = "'text'";
        if (wanted.Number is not null)
        {
            query.Add($", CAST({value} AS NUMERIC)");
            types = "'text', 'integer', 'real'";
        }
        else if (wanted.IsBoolean)
        {
            query.AddSql(value is "true" ? ", 1" : ", 0");
            types = $"'text', '{value}'";
        }

        // json_extract returns 1 for true, and the JSON of an object. The type is therefore compared too, last, because few rows
        // get that far.
        query.AddSql($") AND json_type({column}, ").Add($"{path}) IN (").AddSql($"{types})");
    }

    // The name is quoted and escaped as in JSON, so that no character in it can end the path.
    private static string Path(string key) =>
        string.Concat(key.Split('.').Select(part => $".\"{JsonEncodedText.Encode(part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").Prepend("$"));
}
