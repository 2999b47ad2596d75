using ChatBotKit.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatBotKit.Server.Tests.Hosting;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Nothing_IsNeeded()
    {
        var options = Read([]);

        Assert.Equal(Path.GetFullPath("data"), options.DataDirectory);
        Assert.Null(options.ApiSecret);
        Assert.Equal(4_718_592, options.MaxBodyBytes);
        Assert.Equal((86_400, "chatbotkit-server"), (options.SessionMaxSeconds, options.Issuer));
    }

    [Fact]
    public void Settings_AreTaken()
    {
        var options = Read(new()
        {
            ["CHATBOTKIT_DATA_DIR"] = "/srv/bot",
            ["CHATBOTKIT_API_SECRET"] = "a-secret-of-mine",
            ["CHATBOTKIT_CLUSTER"] = "off",
            ["CHATBOTKIT_MAX_BODY_BYTES"] = "2048",
        });

        Assert.Equal(("/srv/bot", "a-secret-of-mine", 2048), (options.DataDirectory, options.ApiSecret, options.MaxBodyBytes));
    }

    [Theory]
    [InlineData("CHATBOTKIT_POSTGRES", "Host=db")]
    [InlineData("CHATBOTKIT_CLUSTER", "on")]
    [InlineData("CHATBOTKIT_API_SECRET", "")]
    [InlineData("CHATBOTKIT_API_SECRET", "too-short")]
    [InlineData("CHATBOTKIT_API_SECRET", "with a space in it")]
    [InlineData("CHATBOTKIT_API_SECRET", "looks.like-a-session.token")]
    [InlineData("CHATBOTKIT_MAX_BODY_BYTES", "4.5MB")]
    [InlineData("CHATBOTKIT_SESSION_MAX_SECONDS", "1799")]
    [InlineData("CHATBOTKIT_SESSION_MAX_SECONDS", "86401")]
    [InlineData("CHATBOTKIT_SESSION_MAX_SECONDS", "an hour")]
    public void Setting_ThatCannotBeUsed_IsNamed(string name, string value)
    {
        var refusal = Assert.Throws<StartupException>(() => Read(new() { [name] = value }));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        if (name == "CHATBOTKIT_API_SECRET" && value.Length > 0)
            Assert.DoesNotContain(value, refusal.Message, StringComparison.Ordinal);
    }

    private static ServerOptions Read(Dictionary<string, string?> settings) =>
        ServerOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
