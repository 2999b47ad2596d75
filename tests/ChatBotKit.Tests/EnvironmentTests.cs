namespace ChatBotKit.Tests;

/// <summary>Options from environment variables.</summary>
public sealed class EnvironmentTests
{
    private const string Secret = "sk-0123456789abcdef";

    [Fact]
    public void Options_FromBothVariables_HaveThem()
    {
        var options = From("http://127.0.0.1:8080", $" {Secret}\n");

        Assert.Equal((new Uri("http://127.0.0.1:8080"), Secret), (options.BaseUrl, options.Secret));
        Assert.Equal(new ChatBotKitClientOptions { BaseUrl = options.BaseUrl, Secret = Secret }, options);
    }

    [Theory]
    [InlineData(null, Secret, "CHATBOTKIT_API_URL")]
    [InlineData("", Secret, "CHATBOTKIT_API_URL")]
    [InlineData(" ", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("127.0.0.1:8080", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("localhost", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("ftp://host", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("http://", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("http://me:hidden@host", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("http://host?key=hidden", Secret, "CHATBOTKIT_API_URL")]
    [InlineData("http://host", null, "CHATBOTKIT_API_SECRET")]
    [InlineData("http://host", "", "CHATBOTKIT_API_SECRET")]
    [InlineData("http://host", "sk-hidden hidden", "CHATBOTKIT_API_SECRET")]
    [InlineData("http://host", "sk-hidden\nX-Header: 1", "CHATBOTKIT_API_SECRET")]
    [InlineData("http://host", "sk-hiddené", "CHATBOTKIT_API_SECRET")]
    public void Variable_ThatCannotBeUsed_IsNamedAndNotShown(string? url, string? secret, string variable)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => From(url, secret));

        Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_IsRead_WhereAProgramAsksForIt()
    {
        Environment.SetEnvironmentVariable("CHATBOTKIT_API_URL", "http://from-the-environment.test");
        Environment.SetEnvironmentVariable("CHATBOTKIT_API_SECRET", "sk-from-the-environment");
        try
        {
            Assert.Equal("sk-from-the-environment", ChatBotKitClientOptions.FromEnvironment().Secret);
            Assert.Equal((ChatBotKitClientOptions.DefaultBaseUrl, ""), (new ChatBotKitClientOptions().BaseUrl, new ChatBotKitClientOptions().Secret));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CHATBOTKIT_API_URL", null);
            Environment.SetEnvironmentVariable("CHATBOTKIT_API_SECRET", null);
        }
    }

    private static ChatBotKitClientOptions From(string? url, string? secret) => ChatBotKitClientOptions.FromEnvironment(
        name => name switch
        {
            "CHATBOTKIT_API_URL" => url,
            "CHATBOTKIT_API_SECRET" => secret,
            _ => throw new ArgumentException($"{name} is read too."),
        });
}
