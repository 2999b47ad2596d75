using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Blueprints.Terraform;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

public sealed class TerraformExportTests(ResourceServer server) : IClassFixture<ResourceServer>
{
    [Theory]
    [InlineData("plain ü", "\"plain ü\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("a\r\n\tb", "\"a\\r\\n\\tb\"")]
    [InlineData("\u0000\u001f\u007f\u2028", "\"\\u0000\\u001f\\u007f\\u2028\"")]
    [InlineData("${file(\"/etc/passwd\")}", "\"$${file(\\\"/etc/passwd\\\")}\"")]
    [InlineData("%{ if true }x%{ endif }", "\"%%{ if true }x%%{ endif }\"")]
    [InlineData("$${x}", "\"$$${x}\"")]
    [InlineData("5 $ and 5 % {}", "\"5 $ and 5 % {}\"")]
    [InlineData("ends with $", "\"ends with $\"")]
    public void Text_IsQuoted_SoThatItIsNoExpression(string text, string quoted) => Assert.Equal(quoted, HclText.Quote(text));

    [Theory]
    [InlineData("datasetId", "dataset_id")]
    [InlineData("name", "name")]
    [InlineData("searchMaxRecords", "search_max_records")]
    public void Field_IsNamed_AsAttributesAre(string field, string name) => Assert.Equal(name, HclText.Name(field));

    [Fact]
    public async Task Blueprint_IsExported_WithReferencesAndWithoutCredentials()
    {
        var world = await server.WorldAsync();
        var blueprint = await world.CreateBlueprintAsync(new JsonObject { ["alias"] = "support", ["name"] = "Support" });
        await world.ImportAsync(blueprint, """
            {"dataset":[{"id":"d","name":"Our docs!"}],
             "skillset":[{"id":"s","alias":"tools"}],"ability":[{"name":"tell","skillsetId":"s","instruction":"say ${x}\n"}],
             "bot":[{"name":"Our docs!","datasetId":"d","meta":{"a b":[1,true,null],"o":{}}},{"name":"Our docs!"}],
             "slackIntegration":[{"botToken":"top-secret"}]}
            """);

        using var answer = await world.Client.SendAsync(
            HttpMethod.Get, $"blueprint/{blueprint}/resource/export", accept: "application/terraform+hcl");
        var text = await answer.ReadTextAsync();

        Assert.StartsWith("application/terraform+hcl", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("support.tf", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        foreach (var part in new[]
        {
            "resource \"chatbotkit_blueprint\" \"support\" {\n",
            "resource \"chatbotkit_dataset\" \"our_docs\" {\n  blueprint_id = chatbotkit_blueprint.support.id\n",
            "resource \"chatbotkit_bot\" \"our_docs\" {\n", "resource \"chatbotkit_bot\" \"our_docs_2\" {\n",
            "  dataset_id = chatbotkit_dataset.our_docs.id\n", "  skillset_id = chatbotkit_skillset.tools.id\n",
            "resource \"chatbotkit_skillset_ability\" \"tell\" {\n", "  instruction = \"say $${x}\\n\"\n",
            "resource \"chatbotkit_slack_integration\" \"slack_integration\" {\n",
            "  meta = {\n    \"a b\" = [\n      1,\n      true,\n      null,\n    ]\n    \"o\" = {}\n  }\n",
        })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("top-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("********", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(character => character == '{'), text.Count(character => character == '}'));
    }
}
