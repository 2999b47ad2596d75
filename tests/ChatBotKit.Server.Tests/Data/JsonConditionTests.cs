using System.Globalization;
using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>
/// A text search filters documents before they are parsed as JSON. It must not exclude a document that meets the condition.
/// </summary>
public sealed class JsonConditionTests : IAsyncLifetime
{
    /// <summary>The seed is fixed, so every run tests the same numbers.</summary>
    private readonly Random _random = new(20_261_129);

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
    private SqliteStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await SqliteStore.OpenAsync(
        new StoreOptions { DataDirectory = _directory }, new ChangeFeed(), TimeProvider.System, NullLogger.Instance, Token);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("4242", "4.242e3")]
    [InlineData("4242", "0.4242E+4")]
    [InlineData("4242", "4242.0000000000000001")]
    [InlineData("4000", "3999.9999999999999999999")]
    [InlineData("1", "0.99999999999999999999")]
    [InlineData("9.999999999999999999999", "10")]
    [InlineData("1e2", "100")]
    [InlineData("+5", "5")]
    [InlineData(" 5", "5.0")]
    [InlineData(".5", "0.5")]
    [InlineData("0", "-0.0")]
    [InlineData("-0", "0e7")]
    [InlineData("0", "1e-400")]
    [InlineData("-7", "-70e-1")]
    [InlineData("1e-310", "0.001e-307")]
    [InlineData("1.5e308", "15e307")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("12345678901234567890", "1234567890123456789e1")]
    public async Task Number_InEverySpelling_IsFound(string filter, string stored) =>
        Assert.True(await HoldsAsync("key", filter, $$"""{"other":"x","key":{{stored}}}"""));

    /// <summary>Compares the result with that of the condition without the text search.</summary>
    [Fact]
    public async Task Number_OfAnySize_IsFoundWhenItIsTheSame()
    {
        var numerals = Enumerable.Range(0, 25).SelectMany(_ => NumeralsOf(RandomNumber())).Distinct().ToList();
        var found = 0;
        foreach (var filter in numerals.Where((_, index) => index % 5 == 0))
        {
            foreach (var stored in numerals)
            {
                var isSame = await IsAsync("SELECT 1 WHERE json_extract($1, '$.k') = CAST($2 AS NUMERIC)", $$"""{"k":{{stored}}}""", filter);
                found += isSame ? 1 : 0;
                Assert.True(isSame == await HoldsAsync("k", filter, $$"""{"k":{{stored}}}"""), $"{filter} in {stored}");
            }
        }

        Assert.True(found > numerals.Count / 5, "Every number is found at least in its own spelling.");
    }

    [Theory]
    [InlineData("key")]
    [InlineData("größe")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a*b")]
    [InlineData("a[b]?")]
    [InlineData("%_")]
    [InlineData("")]
    public async Task Key_OfEveryForm_IsFound(string key)
    {
        foreach (var (filter, value) in new[] { ("gold", "\"gold\""), ("5", "5.0"), ("5", "\"5\""), ("true", "true"), ("a*b?[c]", "\"a*b?[c]\""), ("", "\"\"") })
        {
            var document = $$"""{"first":1,{{JsonSerializer.Serialize(key)}}:{{value}}}""";
            Assert.True(await HoldsAsync(key, filter, document), $"{filter} in {document}");
            Assert.True(await HoldsAsync($"outer.{key}", filter, $$"""{"outer":{{document}}}"""), $"{filter} in {document} inside of another");
            Assert.False(await HoldsAsync(key, $"{filter}1", document), $"{filter}1 in {document}");
        }
    }

    [Fact]
    public async Task Text_ThatIsLong_IsFound()
    {
        var text = new string('x', 60_000);

        Assert.True(await HoldsAsync("key", text, $$"""{"key":"{{text}}"}"""));
        Assert.True(await HoldsAsync(text, "5", $$"""{"{{text}}":5}"""));
    }

    /// <summary>The migration scripts create documents with the same function.</summary>
    [Fact]
    public async Task Document_MadeByTheDatabase_IsFound()
    {
        var document = await _store.QueryAsync(
            db => db.FirstAsync("SELECT json_object('name', $1, 'meta', json($2))", static row => row.GetString(0), "Ada", """{ "seat" : 5 }"""), Token);

        Assert.True(await HoldsAsync("meta.seat", "5", document!));
        Assert.True(await HoldsAsync("name", "Ada", document!));
    }

    private async Task<bool> HoldsAsync(string key, string value, string document)
    {
        var query = new SqlQuery().Add($"SELECT 1 FROM (SELECT {document} AS \"Data\") WHERE TRUE");
        SqliteDialect.Instance.AddJsonCondition(query, "\"Data\"", key, value);
        return await IsAsync(query.Sql, query.Values.ToArray());
    }

    private Task<bool> IsAsync(string sql, params SqlValue[] values) => _store.QueryAsync(db => db.AnyAsync(sql, values), Token).AsTask();

    private double RandomNumber() => _random.Next(4) switch
    {
        0 => _random.Next(-20, 20),
        1 => _random.Next(-9, 10) * Math.Pow(10, _random.Next(-5, 16)),
        2 => Math.Round(_random.NextDouble() * 1000, 3),
        _ => _random.NextDouble() * Math.Pow(10, _random.Next(-300, 300)),
    };

    private static IEnumerable<string> NumeralsOf(double number)
    {
        yield return number.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal);
        yield return number.ToString("E16", CultureInfo.InvariantCulture);
        yield return Math.BitIncrement(number).ToString("E17", CultureInfo.InvariantCulture);
        yield return Math.BitDecrement(number).ToString("E20", CultureInfo.InvariantCulture);
        if (Math.Abs(number) < 1e15)
            yield return ((decimal)number).ToString("0.0###", CultureInfo.InvariantCulture);
    }
}
