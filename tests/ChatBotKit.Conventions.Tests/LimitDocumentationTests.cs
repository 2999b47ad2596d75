using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks that the documentation of a record has the maximum length of each text, and the rules of free-form JSON.</summary>
public sealed partial class LimitDocumentationTests
{
    /// <summary>
    /// Texts without a published limit: credentials and addresses of other services, texts of the widget, and names from other
    /// tables. A new field must have a limit or be added here.
    /// </summary>
    private static readonly HashSet<string> Unlimited =
    [
        "AccessToken", "AccountSid", "AllowFrom", "AppSecret", "AuthToken", "AutoRespond", "BotFrameworkAppSecret", "BotToken", "Domain",
        "Email", "Glob", "Handle", "Image", "Initial", "Intro", "Language", "Layout", "Namespace", "Nick", "Origin", "Phone", "Placeholder", "Plugins",
        "ProjectNumber", "PublicKey", "Request", "Reranker", "Schedule", "Selectors", "Separators", "ServiceAccountKey", "SigningSecret",
        "Slug", "Store", "SyncSchedule", "Theme", "Timezone", "Title", "Token", "Url", "UserToken", "Value", "VerifyToken", "Voice",
    ];

    private static readonly HashSet<string> OpenMemoryText = ["MemoryCreateRequest.Text", "MemoryUpdateRequest.Text"];

    private static IEnumerable<PropertyInfo> Fields =>
        from type in typeof(ConversationCreateRequest).Assembly.GetExportedTypes()
        where RequestName().IsMatch(type.Name)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where property.CanWrite
        select property;

    [Fact]
    public void EveryText_OfARequestThatStores_NamesItsLimit() =>
        Problems.AssertNone("text without a limit", Fields
            .Where(field => TypeOf(field) == typeof(string) && !field.Name.EndsWith("Id", StringComparison.Ordinal) && !Unlimited.Contains(field.Name))
            .Where(field => !OpenMemoryText.Contains($"{field.DeclaringType!.Name}.{field.Name}") && !Limit().IsMatch(SummaryOf(field)))
            .Select(Describe));

    [Theory]
    [InlineData("Name", FieldRules.MaxNameBytes)]
    [InlineData("Description", FieldRules.MaxTextBytes)]
    [InlineData("Backstory", FieldRules.MaxBackstoryBytes)]
    public void Limit_OfAField_IsThatOfTheServer(string field, int bytes)
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

        Problems.AssertNone($"{field} with another limit than {limit}", Fields
            .Where(property => property.Name == field && !SummaryOf(property).Contains(limit, StringComparison.Ordinal))
            .Select(Describe));
    }

    [Fact]
    public void TextOfAMessage_IsLimited_AsByTheServer()
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"{FieldRules.MaxTextBytes:N0} bytes");
        PropertyInfo[] texts =
        [
            typeof(ConversationMessage).GetProperty("Text")!, typeof(MessageCreateRequest).GetProperty("Text")!,
            typeof(MessageUpdateRequest).GetProperty("Text")!, typeof(ConversationSendMessageRequest).GetProperty("Text")!,
            typeof(ConversationMessageRunRequest).GetProperty("Text")!,
        ];

        Problems.AssertNone("text of a message with another limit", texts
            .Where(text => !SummaryOf(text).Contains(limit, StringComparison.Ordinal))
            .Select(Describe));
    }

    [Fact]
    public void Fingerprint_OfAContact_IsAsLong_AsTheServerWants()
    {
        var limit = $"at least {ContactRules.MinFingerprintLength} characters";

        Problems.AssertNone("fingerprint with another limit", Fields
            .Where(field => field.Name == "Fingerprint" && !SummaryOf(field).Contains(limit, StringComparison.Ordinal))
            .Select(Describe));
    }

    [Fact]
    public void FreeData_OfARequestThatStores_SaysHowMuchTheServerTakes()
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"{FieldRules.MaxFreeBytes:N0} bytes");

        Problems.AssertNone("free data with another limit", Fields
            .Where(field => TypeOf(field) == typeof(JsonObject) && field.Name == "Meta" && !field.DeclaringType!.Name.StartsWith("Record", StringComparison.Ordinal))
            .Where(field => !SummaryOf(field).Contains(limit, StringComparison.Ordinal))
            .Select(Describe));
    }

    [Fact]
    public void FreeData_OfARequestThatStores_SaysWhichKeysAreRefused() =>
        Problems.AssertNone("free data without its rule", Fields
            .Where(field => TypeOf(field) == typeof(JsonObject) && field.Name == "Meta" && !field.DeclaringType!.Name.StartsWith("Record", StringComparison.Ordinal))
            .Where(field => !SummaryOf(field).Contains("eys that begin with _ are refused", StringComparison.Ordinal))
            .Select(Describe));

    private static Type TypeOf(PropertyInfo field) =>
        field.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Optional<>)
            ? type.GetGenericArguments()[0]
            : field.PropertyType;

    private static string SummaryOf(PropertyInfo field) => XmlDocs.TextOf(XmlDocs.Of(field)?.Element("summary"));

    private static string Describe(PropertyInfo field) => $"{field.DeclaringType!.Name}.{field.Name}: {SummaryOf(field)}";

    [GeneratedRegex(@"(Create|Update|Ensure|Upsert)Request$|^BotSettings$|^Conversation(Run|MessageRun|SendMessage)Request$|^ConversationMessage$")]
    private static partial Regex RequestName();

    [GeneratedRegex(@"\d[\d,]* (bytes|characters)|[Aa]t most \d")]
    private static partial Regex Limit();
}
