using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Configuration;

namespace ChatBotKit.Server.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_IsNeeded()
    {
        var (options, bodies) = Read([]);

        Assert.Equal("chatbotkit", Path.GetFileName(options.DataDirectory));
        Assert.Null(options.ApiSecret);
        Assert.Equal(4_718_592, bodies.MaxBodyBytes);
        Assert.Equal((AuditAddress.Short, 30), (options.AuditAddress, options.KeyRotationDays));
        Assert.Equal((86_400, "chatbotkit-server"), (options.SessionMaxSeconds, options.Issuer));
    }

    [Fact]
    public void Settings_AreTaken()
    {
        var (options, bodies) = Read(new()
        {
            ["CHATBOTKIT_DATA_DIR"] = "/srv/bot",
            ["CHATBOTKIT_API_SECRET"] = "a-secret-of-mine",
            ["CHATBOTKIT_CLUSTER"] = "off",
            ["CHATBOTKIT_MAX_BODY_BYTES"] = "2048",
            ["CHATBOTKIT_AUDIT_ADDRESS"] = "none",
            ["CHATBOTKIT_KEY_ROTATION_DAYS"] = "0",
        });

        Assert.Equal(("/srv/bot", "a-secret-of-mine", 2048), (options.DataDirectory, options.ApiSecret, bodies.MaxBodyBytes));
        Assert.Equal((AuditAddress.None, 0), (options.AuditAddress, options.KeyRotationDays));
    }

    [Theory]
    [InlineData("CHATBOTKIT_CLUSTER", "on")]
    [InlineData("CHATBOTKIT_API_SECRET", "")]
    [InlineData("CHATBOTKIT_API_SECRET", "too-short")]
    [InlineData("CHATBOTKIT_API_SECRET", "with a space in it")]
    [InlineData("CHATBOTKIT_API_SECRET", "looks.like-a-session.token")]
    [InlineData("CHATBOTKIT_API_SECRET", "aaaaaaaaaaaaaaaa")]
    [InlineData("CHATBOTKIT_API_SECRET", "abababababababababab")]
    [InlineData("CHATBOTKIT_API_SECRET", "passwordpassword")]
    [InlineData("CHATBOTKIT_API_SECRET", "correct-horse-correct-horse-")]
    [InlineData("CHATBOTKIT_API_SECRET", "0123456789abcdefghij")]
    [InlineData("CHATBOTKIT_API_SECRET", "zyxwvutsrqponmlk")]
    [InlineData("CHATBOTKIT_ISSUER", "two\nlines")]
    [InlineData("CHATBOTKIT_ISSUER", "://nothing")]
    [InlineData("CHATBOTKIT_MAX_BODY_BYTES", "4.5MB")]
    [InlineData("CHATBOTKIT_AUDIT_ADDRESS", "all")]
    [InlineData("CHATBOTKIT_KEY_ROTATION_DAYS", "-1")]
    [InlineData("CHATBOTKIT_KEY_ROTATION_DAYS", "monthly")]
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

    private static (SecurityOptions Security, BodyOptions Bodies) Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        StartupChecks.CheckConfiguration(configuration);
        return (SecurityOptions.From(configuration), BodyOptions.From(configuration));
    }
}
