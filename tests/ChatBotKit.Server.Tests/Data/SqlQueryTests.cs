using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Data;

public sealed class SqlQueryTests
{
    [Fact]
    public void Add_TextWithHoles_MakesParametersOfThem()
    {
        var query = new SqlQuery().AddSql("SELECT 1 WHERE ").Add($"a = {"x'; DROP TABLE y"} AND b > {5}").AddIn("c", ["d", "e"]);

        Assert.Equal("SELECT 1 WHERE a = $1 AND b > $2 AND c IN ($3, $4)", query.Sql);
        Assert.Equal("x'; DROP TABLE y", query.Values[0].Object);
        Assert.Equal(5, query.Values[1].Number);
        Assert.Equal("e", query.Values[3].Object);
    }

    [Fact]
    public void AddJsonCondition_KeyWithQuotes_IsAParameter()
    {
        var query = new SqlQuery();

        SqliteDialect.Instance.AddJsonCondition(query, "\"Meta\"", "a\"b.c", "v");

        Assert.DoesNotContain("a\"b", query.Sql, StringComparison.Ordinal);
        Assert.Contains("""$."a\"b"."c" """.TrimEnd(), query.Values.ToArray().Select(value => value.Object));
    }
}
