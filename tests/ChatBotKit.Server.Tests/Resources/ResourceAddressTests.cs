using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Tests.Resources;

public sealed class ResourceAddressTests
{
    [Theory]
    [InlineData("cabc", "Id", "cabc", null)]
    [InlineData("@a", "Key", "a", null)]
    [InlineData("@", "Key", "", null)]
    [InlineData("@@a", "ParentKey", "a", null)]
    [InlineData("@sales@a", "RelatedKey", "a", "sales")]
    [InlineData("@sales@", "RelatedKey", "", "sales")]
    [InlineData("(a (b))", "Name", "a (b)", null)]
    [InlineData("(a", "Id", "(a", null)]
    [InlineData("()", "Id", "()", null)]
    [InlineData("a@b", "Id", "a@b", null)]
    public void Text_IsRead_AsItsForm(string text, string form, string name, string? account)
    {
        var address = ResourceAddress.Parse(text);

        Assert.Equal((form, name, account), (address.Form.ToString(), address.Text, address.Account));
    }
}
