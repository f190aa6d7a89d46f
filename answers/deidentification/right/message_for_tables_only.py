# shows: "Another decision in the message: no list at all, tables only, with reasons."
# %% [markdown] what_can_be_given
# I advise against giving the list, and for giving tables. In the full list 70 of 100 people are alone with their area, week, age and sex.
# With department, quarter, ten-year age and sex, and without 772 people in small groups, k is 5 and the average risk is 2.5 %. But in 118
# groups all have the same form of the disease, and to be in the list already says dengue.
# 
# The university can have counts by department and quarter. If it needs rows, it can work with them at our office, sign that it links
# nothing and looks for nobody, and take out results only. Small departments are nearly lost in both ways; tell them so.
