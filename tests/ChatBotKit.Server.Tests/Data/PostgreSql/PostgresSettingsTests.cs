using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.PostgreSql;

namespace ChatBotKit.Server.Tests.Data;

public sealed class PostgresSettingsTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("postgres://bot:hunter2@db/chatbotkit", "is an address")]
    [InlineData("Host=db;Username=bot;Password=hunter2", "has no Database")]
    [InlineData("Database=chatbotkit;Password=hunter2", "has no Host")]
    [InlineData("Host=db;Database=bot;Password=hunter2;Pasword=x", "unknown keyword 'pasword'")]
    [InlineData("Host=db;Database=bot;Password=a;hunter2=b", "is not a connection string")]
    [InlineData("Host=db;Database=bot;Port=hunter2", "is not a connection string")]
    [InlineData("hunter2", "is not a connection string")]
    public void Setting_ThatIsNoConnectionString_IsRefusedAndNotShown(string value, string reason)
    {
        var refusal = Assert.Throws<StartupException>(() => PostgresSettings.Parse(value));

        Assert.Contains(PostgresSettings.Setting, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_AsText_DoNotShowThePassword()
    {
        var options = new StoreOptions
        {
            DataDirectory = "/srv/bot",
            Postgres = PostgresSettings.Parse($"Host=db;Database=chatbotkit;Username=bot;Password={Secret}"),
        };

        Assert.Contains("chatbotkit on db", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, options.ToString(), StringComparison.Ordinal);
    }

    // Not a theory, because an attribute can't contain an unpaired surrogate.
    [Fact]
    public void Text_ThatTheDatabaseRefuses_HasReplacements()
    {
        Assert.Equal("plain", PostgresParameters.Storable("plain"));
        Assert.Equal("a\uFFFDb", PostgresParameters.Storable("a\0b"));
        Assert.Equal("\uD83D\uDE00", PostgresParameters.Storable("\uD83D\uDE00"));
        Assert.Equal("x\uFFFD", PostgresParameters.Storable("x\uD83D"));
        Assert.Equal("\uFFFD\uD83D\uDE00", PostgresParameters.Storable("\uDE00\uD83D\uDE00"));
    }
}
