using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>Reads rows with prepared ADO.NET commands and writes them with a JSON writer.</summary>
internal sealed class RowReader(string path)
{
    private const string Oldest = """
        SELECT "Id", "Type", "Text", "CreatedAt" FROM "Rows" WHERE "Parent" = $parent ORDER BY "Position" LIMIT $take
        """;

    private const string Newest = """
        SELECT "Type", "Text" FROM "Rows" WHERE "Parent" = $parent ORDER BY "Position" DESC LIMIT $take
        """;

    private readonly CommandPool _oldest = new(path, Oldest, "$parent", "$take");
    private readonly CommandPool _newest = new(path, Newest, "$parent", "$take");

    public async Task ListAsync(HttpContext context)
    {
        var take = int.Parse(context.Request.Query["take"]!, CultureInfo.InvariantCulture);
        var command = _oldest.Take((string)context.GetRouteValue("id")!, take);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        using (var rows = command.ExecuteReader())
            Write(json, rows);
        _oldest.Return(command);
    }

    /// <summary>Returns the newest rows, newest first.</summary>
    public List<(string Type, string Text)> ReadLast(string parent, int take)
    {
        var command = _newest.Take(parent, take);
        var last = new List<(string, string)>(take);
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                last.Add((rows.GetString(0), rows.GetString(1)));
        }

        _newest.Return(command);
        return last;
    }

    private static void Write(Utf8JsonWriter json, SqliteDataReader rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        while (rows.Read())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, rows.GetString(0));
            json.WriteString("type"u8, rows.GetString(1));
            json.WriteString("text"u8, rows.GetString(2));
            json.WriteNull("meta"u8);
            json.WriteNumber("createdAt"u8, rows.GetInt64(3));
            json.WriteNumber("updatedAt"u8, rows.GetInt64(3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
