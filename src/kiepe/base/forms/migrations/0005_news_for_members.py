"""Where a member of the household who fills in the own part hears of news, and in which language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0004_people")]

    operations = [
        migrations.AddField(
            model_name="ownpart", name="email", field=models.EmailField(blank=True, max_length=254)
        ),
        migrations.AddField(
            model_name="ownpart", name="language", field=models.CharField(default="de", max_length=20)
        ),
    ]
